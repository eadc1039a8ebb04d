import { inWords } from '../../live/calls/words.cts';
import { jpegOfBytes } from '../../live/lab/pictures.cts';
import { QUESTIONS } from '../../live/questions/all.cts';
import { makeReport, reportText } from '../../live/report/report.cts';
import { Scrubber } from '../../live/report/scrub.cts';
import { type Row, verdictOf } from '../../live/report/verdict.cts';
import { ask, emulatorOfFile, groups } from './lab.cts';

const theEmulator = emulatorOfFile();

function answer(status: number, body: object | string, type = 'application/json'): Parameters<typeof inWords>[0] {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { status, headers: { 'content-type': type }, body: Buffer.from(text) };
}

describe('an answer in words', () => {
	it.each([
		[answer(400, { code: 'INVALID_DATA', message: 'no' }), '400 INVALID_DATA: no'],
		[answer(202, { data: [{ code: 'LIMIT_EXCEEDED', message: 'two' }] }), '202 LIMIT_EXCEEDED: two'],
		[answer(200, { error: 'invalid_code' }), '200 invalid_code'],
		[answer(400, { code: '<b>', message: 7 }), '400 UNKNOWN: no message'],
		[answer(204, ''), '204 without a body'],
		[answer(502, '<html>', 'text/html;charset=UTF-8'), '502 text/html'],
	])('%j', (given, words) => {
		expect(inWords(given)).toBe(words);
	});
});

describe('a verdict', () => {
	it.each([
		['taken', 'taken', 'as assumed'],
		['400 INVALID_DATA: no', '400 INVALID_DATA: not so', 'other words'],
		['400 INVALID_DATA: no', '415 INVALID_DATA: no', 'differs'],
		['400 INVALID_DATA: no', 'taken', 'differs'],
		['204 without a body', '204 with a body', 'differs'],
	])('of %j, where %j was seen, is %j', (assumed, seen, verdict) => {
		expect(verdictOf(assumed, seen)).toBe(verdict);
	});
});

describe('the report', () => {
	const row: Row = { question: 'a.b', text: 'A b', assumed: 'taken', seen: '400 NO: no', verdict: 'differs' };

	it('counts its verdicts, and shows what is news below the table', () => {
		const rows = [row, { ...row, question: 'a.c', seen: 'taken', verdict: 'as assumed' as const }];
		const report = makeReport({ against: 'zoho.eu production', calls: 7, lead: 'deleted', rows });
		expect(report.counts).toMatchObject({ differs: 1, 'as assumed': 1, 'not asked': 0 });
		const lines = reportText(report, false).split('\n');
		expect(lines[0]?.split(/\s+/)).toEqual(['question', 'assumed', 'seen', 'verdict']);
		expect(lines.slice(-3)).toEqual([
			'2 questions: 1 as assumed, 0 in other words, 1 that differ, 0 without an answer, 0 not asked.',
			'  a.b (A b): 400 NO: no',
			'7 calls. The lead was deleted.',
		]);
		expect(reportText(report, true)).toContain('\u001b[31ma.b');
	});

	it('tells nothing private of what Zoho says', () => {
		const scrubber = new Scrubber();
		scrubber.add('s3cret', 'Ada Lovelace', undefined, 'it');
		const said =
			'Ada Lovelace <ada@zylker.example> may not: 3409643000003088001, 1000.0123456789abcdef.fe, s3cret,\n' +
			`https://crm.zoho.eu/crm/org7 ${'0123456789abcdef'.repeat(2)} with it`;
		expect(scrubber.clean(said)).toBe('*** may not: ***, ***, ***, *** *** with it');
		expect(scrubber.clean('x'.repeat(500))).toHaveLength(120);
		expect(
			scrubber.clean('403 NO_PERMISSION: The user Grace of Zylker Incorporated, Łódź may not do LOCKED_THINGS'),
		).toBe('403 NO_PERMISSION: The user *** of *** ***, *** may not do LOCKED_THINGS');
	});

	it('keeps out what a refusal echoes of the lead and the token', async () => {
		const emulator = theEmulator();
		const body = { code: 'NOT_YOURS', message: 'token 1000.abcdef, record 3409643000001000001 of Ada <a@b.example>' };
		emulator.zoho.faults.add({ when: { path: '/v5/' }, answer: { kind: 'http', status: 400, body } });
		const { report } = await ask(emulator, { questions: groups(QUESTIONS, 'versions') });
		const seen = report.rows.find(({ question }) => question === 'versions.v5')?.seen;
		expect(seen).toBe('400 NOT_YOURS: token ***, record *** of ***');
	});
});

describe('a JPEG of a wanted size', () => {
	it.each([10_000_000, 10_485_760, 10_485_761, 70_000])('has %d bytes', (bytes) => {
		expect(jpegOfBytes(bytes)).toHaveLength(bytes);
	});
});
