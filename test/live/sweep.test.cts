import { emulatedAccount } from '../../live/account/emulated.cts';
import { QUESTIONS } from '../../live/questions/all.cts';
import { runQuestions } from '../../live/run.cts';
import { emulatorOfFile, groups, news } from './lab.cts';
import { Recording } from './replay.cts';

const theEmulator = emulatorOfFile();

/** Some of the groups, and those of their questions that no refusal makes red: they look at what another one has brought. */
const sharing: ReadonlyArray<readonly [names: string[], resting: string[]]> = [
	[
		['record-image', 'photo', 'account', 'access'],
		['account.token-type', 'account.lifetime', 'account.api-domain', 'account.scopes'],
	],
	[
		['kinds', 'download', 'file-names'],
		[
			'download.type-of-rgb.png',
			'download.type-of-baseline.jpg',
			'download.type-of-still.gif',
			'download.type-of-v3-24bit.bmp',
			'download.name',
			'download.name-form',
		],
	],
	[
		['versions', 'record-ids', 'modules', 'image-fields', 'search', 'deleted-record'],
		['modules.deals', 'modules.services'],
	],
];

const answer = {
	status: 418,
	headers: { 'content-type': 'application/json' },
	body: Buffer.from(JSON.stringify({ code: 'TEAPOT', message: 'no', details: {}, status: 'error' })),
};

describe.each(sharing)('whichever answer is another one, of %j', (names, resting) => {
	it('makes one row red, and there is such an answer for each row', async () => {
		const { transport, login } = emulatedAccount(theEmulator());
		const questions = groups(QUESTIONS, ...names);
		const parts = { login, mayProvoke429: false, questions };
		const recording = new Recording();
		expect(news(await runQuestions({ ...parts, transport: recording.recorder(transport) }))).toEqual([]);

		const red = new Set<string>();
		for (const [place, call] of recording.calls.entries()) {
			// The sign-in, the lead, who owns it, and that it is deleted: no question's calls.
			if (place < 3 || call === 'DELETE /crm/v8/Leads') continue;
			const rows = news(await runQuestions({ ...parts, transport: recording.player(place, answer) }));
			expect([call, rows]).toEqual([call, [expect.anything()]]);
			red.add(rows[0]?.split(': ')[0] ?? '');
		}
		const all = [...questions.withLead, ...questions.afterwards].map(({ name }) => name);
		expect(all.filter((name) => !red.has(name))).toEqual(resting);
	});
});
