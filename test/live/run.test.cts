import { QUESTIONS } from '../../live/questions/all.cts';
import { startModules } from '../emulator/crm/modules.cts';
import type { Emulator } from '../emulator/emulator.cts';
import { defaultClient } from '../emulator/accounts/clients.cts';
import { ask, emulatorOfFile, groups, leadsLeft, news } from './lab.cts';

const theEmulator = emulatorOfFile();

describe('the questions, asked of the emulator', () => {
	it('are all answered as assumed, in under 150 calls, with no lead left behind and nothing private told', async () => {
		const emulator = theEmulator();
		const { report, leftBehind } = await ask(emulator, { mayProvoke429: true });
		expect(report.rows.filter(({ verdict }) => verdict !== 'as assumed')).toEqual([]);
		expect(report.rows).toHaveLength(QUESTIONS.withLead.length + QUESTIONS.afterwards.length);
		expect([report.lead, leftBehind, leadsLeft(emulator)]).toEqual(['deleted', undefined, []]);
		expect(report.calls).toBe(emulator.zoho.calls.length);
		expect(report.calls).toBeLessThan(150);

		const text = JSON.stringify(report);
		expect(text).not.toMatch(/1000\.|\d{9,}(?!-|…)|@|photo check|Zylker/);
		for (const secret of [defaultClient.clientId, defaultClient.clientSecret]) expect(text).not.toContain(secret);
	});

	it('touch no other record, start no workflow, and go one or two at a time', async () => {
		const emulator = theEmulator();
		await ask(emulator, {
			questions: groups(QUESTIONS, 'photo', 'kinds', 'record-image', 'image-fields', 'record-ids'),
		});
		const { zoho } = emulator;
		expect(zoho.counters.peakConcurrentCalls).toBeLessThanOrEqual(2);
		const changed = zoho.calls.filter(({ method, code }) => method !== 'GET' && code === 'SUCCESS');
		const ids = new Set(changed.flatMap(({ recordId }) => recordId ?? []));
		expect(ids.size).toBe(1);
		expect([...ids].map((id) => zoho.records.get('Leads', id)?.workflowsFired)).toEqual([0]);
	});
});

/** One answer of the emulator that is another one, and the only rows that may tell so. */
const changes: ReadonlyArray<readonly [rows: string[], change: (zoho: Emulator['zoho']) => void]> = [
	[
		['photo.deleted-twice: 400 INVALID_DATA: no photo'],
		({ faults }) =>
			faults.add({
				when: { method: 'DELETE', path: '/photo', nth: 2 },
				answer: { kind: 'http', status: 400, body: { code: 'INVALID_DATA', message: 'no photo', details: {} } },
			}),
	],
	[
		['versions.v3: 400 API_NOT_SUPPORTED: The API is not supported in this version'],
		({ versionsWithoutPhoto }) => versionsWithoutPhoto.add('v3'),
	],
	[
		[
			'sizes.10485760-bytes: 415 FILE_SIZE_MORE_THAN_ALLOWED_SIZE: please check if the file size is in the correct range',
		],
		({ imageRules }) => {
			imageRules.maxBytes = 10_000_000;
		},
	],
	[
		[
			'other-kinds.jpeg-without-end: taken',
			'other-kinds.gif-without-end: taken',
			'other-kinds.png-cut-off: taken',
			'other-kinds.bmp-cut-off: taken',
		],
		({ imageRules }) => {
			imageRules.refuseTruncated = false;
		},
	],
	[
		['modules.feature: all modules', 'modules.unknown-feature: all modules'],
		({ modules }) => {
			modules.featureFilter = 'ignored';
		},
	],
	[
		['modules.services: yes'],
		({ modules }) => {
			const [leads] = startModules;
			if (leads) modules.set({ ...leads, apiName: 'Services' });
		},
	],
	[
		['account.lifetime: 1800 seconds'],
		({ tokens }) => {
			tokens.rules.lifeSeconds = 1800;
		},
	],
	[
		[
			'file-names.other-extension: 400 INVALID_DATA: Invalid file type',
			'file-names.no-extension: 400 INVALID_DATA: Invalid file type',
		],
		({ imageRules }) => {
			imageRules.refuseUnfittingExtension = true;
		},
	],
	[
		['access.unknown-token: 401 INVALID_TOKEN: not a good token'],
		({ faults }) =>
			faults.add({
				// The lead is made, read, and asked for with Bearer and without a token.
				when: { method: 'GET', module: 'Leads', nth: 4 },
				answer: { kind: 'http', status: 401, body: { code: 'INVALID_TOKEN', message: 'not a good token' } },
			}),
	],
];

describe('one answer changed', () => {
	it.each(changes)('makes exactly these rows red: %j', async (rows, change) => {
		const emulator = theEmulator();
		change(emulator.zoho);
		const names = [...new Set(rows.map((row) => row.split('.')[0] ?? ''))];
		const result = await ask(emulator, { questions: groups(QUESTIONS, ...names) });
		expect(news(result)).toEqual(rows);
		expect(leadsLeft(emulator)).toEqual([]);
	});
});
