import { jsonOf, successOf, wordsOf, type ZohoWords } from '../../../nodes/ZohoCrmPhoto/zoho/answers/answer';
import { answerOf, TOKEN } from '../samples.cts';

/** The token with a tag in its middle. */
const SPLIT = `${TOKEN.slice(0, 30)}<b>${TOKEN.slice(30)}`;

describe('the JSON object of a body', () => {
	test.each([
		['{"code":"SUCCESS"}', { code: 'SUCCESS' }],
		[' {} ', {}],
		['[{"code":"SUCCESS"}]', undefined],
		['null', undefined],
		['"SUCCESS"', undefined],
		['<html></html>', undefined],
		['', undefined],
	])('%j', (body, json) => {
		expect(jsonOf(answerOf(200, body))).toEqual(json);
	});

	test('a picture is not even looked at', () => {
		expect(jsonOf(answerOf(200, '{"code":"SUCCESS"}', { 'content-type': 'image/png' }))).toBeUndefined();
		expect(jsonOf(answerOf(200, '{"a":1}', { 'content-type': 'application/json; profile=image/png' }))).toEqual({
			a: 1,
		});
	});
});

describe("Zoho's words", () => {
	test.each<[what: string, body: unknown, words: Partial<ZohoWords> | undefined]>([
		[
			'at the top',
			{ code: 'INVALID_DATA', details: {}, message: 'invalid data', status: 'error' },
			{ code: 'INVALID_DATA', said: 'invalid data', status: 'error' },
		],
		[
			'of a record',
			{ data: [{ code: 'SUCCESS', message: 'done', status: 'success' }, { code: 'OTHER' }] },
			{ code: 'SUCCESS', said: 'done', status: 'success' },
		],
		[
			'at the top although there are records',
			{ code: 'TOP', data: [{ code: 'RECORD' }] },
			{ code: 'TOP', said: '', status: '' },
		],
		['of records without a code', { data: [{ id: '1' }] }, undefined],
		['of data that is no list', { data: { code: 'INSIDE' } }, undefined],
		['of a list of texts', { data: ['SUCCESS'], error: 'word' }, { code: 'word', said: '', status: '' }],
		[
			'of an older 429',
			{ code: 429, error: 'TOO_MANY_REQUESTS', error_info: 'wait' },
			{ code: 'TOO_MANY_REQUESTS', said: 'wait', status: '' },
		],
		['a number alone', { code: 429 }, { code: 'UNKNOWN', written: '429', said: '', status: '' }],
		['a number as text', { code: ' 4834 ' }, { code: 'UNKNOWN', written: '4834', said: '', status: '' }],
		['an empty code', { code: '  ', message: 'hm' }, undefined],
		[
			'of the accounts server',
			{ error: ' invalid_client ', error_description: 'no such client' },
			{ code: 'invalid_client', said: 'no such client', status: '' },
		],
		[
			'with details: plain values, lists of them, and those of an object inside',
			{
				code: 'A',
				message: 'm',
				details: {
					name: 'word',
					place: 2,
					empty: false,
					list: ['x', {}, 'y'],
					more: { x: 1, deep: { y: 2 } },
					no: null,
					none: [],
				},
			},
			{ code: 'A', said: 'm (name: word, place: 2, empty: false, list: x / y, x: 1)', status: '' },
		],
		['with details alone', { code: 'A', details: { id: '7' } }, { code: 'A', said: '(id: 7)', status: '' }],
		['with details that are a list', { code: 'A', message: 'm', details: ['x'] }, { code: 'A', said: 'm', status: '' }],
		['with a status that is no text', { code: 'A', status: 200 }, { code: 'A', said: '', status: '' }],
	])('%s', (_, body, words) => {
		expect(wordsOf(answerOf(400, JSON.stringify(body)))).toEqual(words && { written: words.code, ...words });
	});

	test('of no JSON: none', () => {
		expect(wordsOf(answerOf(502, 'Bad Gateway'))).toBeUndefined();
	});
});

describe('a code', () => {
	test.each([
		'FILE_SIZE <b>',
		'x'.repeat(61),
		'INVALID-DATA',
		'A\nB',
		'"$error"',
		'SUCCESS.',
		'\u0421ODE',
		'x'.repeat(2_000_000),
	])('that is no word is UNKNOWN: %#', (code) => {
		expect(wordsOf(answerOf(400, { code }))?.code).toBe('UNKNOWN');
	});

	test.each(['Access Denied', 'failure_in_attachment_handling', 'x'.repeat(60)])('%s is one', (code) => {
		expect(wordsOf(answerOf(400, { code }))?.code).toBe(code);
	});
});

describe('a success', () => {
	const SUCCESS = { code: 'SUCCESS', details: {}, message: 'photo uploaded successfully', status: 'success' };

	test("is Zoho's four fields as they came, at the top or of a record", () => {
		expect(successOf(answerOf(200, SUCCESS))).toEqual(SUCCESS);
		expect(successOf(answerOf(200, { data: [SUCCESS] }))).toEqual(SUCCESS);
		expect(successOf(answerOf(200, { code: 'SUCCESS' }))).toEqual({ code: 'SUCCESS' });
		expect(successOf(answerOf(200, 'no JSON'))).toEqual({});
	});

	test('holds nothing that makes another thing of the item', () => {
		const more = { error: { message: 'x' }, $error: 'x', $json: { a: 1 }, pairedItem: 7, binary: {}, json: {} };
		expect(successOf(answerOf(200, { ...SUCCESS, ...more }))).toEqual(SUCCESS);
		const proto = JSON.stringify({ ...SUCCESS, details: 0 }).replace('0', '{"__proto__":{"error":1},"id":"7"}');
		expect(successOf(answerOf(200, proto))).toEqual({ ...SUCCESS, details: { id: '7' } });
	});

	test('is bounded in every field, however large the answer', () => {
		const large = 'x'.repeat(1_000_000);
		const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
		const success = successOf(
			answerOf(
				200,
				`{"code":"SUCCESS","status":"${large}","message":"${large}","details":{"${large}":"${large}","deep":${deep},"list":[${'1,'.repeat(100_000)}1]}}`,
			),
		);
		expect(success).toMatchObject({ code: 'SUCCESS', status: 'UNKNOWN' });
		expect(JSON.stringify(success).length).toBeLessThan(5000);
	});

	test('holds no secret, however it is written', () => {
		const body = JSON.stringify({ ...SUCCESS, message: `for ${TOKEN}`, details: { [TOKEN]: [TOKEN], at: SPLIT } });
		const escaped = body.replaceAll(
			TOKEN,
			[...TOKEN].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
		);
		for (const text of [body, escaped]) {
			const success = successOf({ ...answerOf(200, text), secrets: [TOKEN] });
			expect(success).toMatchObject({ code: 'SUCCESS', message: 'for ***', details: { at: '***' } });
			expect(JSON.stringify(success)).not.toMatch(/0123456789ab|fedcba98/);
		}
	});
});
