import { jsonOf, wordsOf } from '../../../nodes/ZohoCrmPhoto/zoho/answers/answer';
import { answerOf } from '../samples.cts';

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
	test.each<[what: string, body: unknown, words: ReturnType<typeof wordsOf>]>([
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
		['a number alone', { code: 429 }, { code: '429', said: '', status: '' }],
		['a number as text', { code: ' 4834 ' }, { code: '4834', said: '', status: '' }],
		['an empty code', { code: '  ', message: 'hm' }, undefined],
		[
			'of the accounts server',
			{ error: ' invalid_client ', error_description: 'no such client' },
			{ code: 'invalid_client', said: 'no such client', status: '' },
		],
		[
			'with details: plain values alone',
			{
				code: 'A',
				message: 'm',
				details: { name: 'word', place: 2, empty: false, list: ['x'], more: { x: 1 }, no: null },
			},
			{ code: 'A', said: 'm (name: word, place: 2, empty: false)', status: '' },
		],
		['with details alone', { code: 'A', details: { id: '7' } }, { code: 'A', said: '(id: 7)', status: '' }],
		['with details that are a list', { code: 'A', message: 'm', details: ['x'] }, { code: 'A', said: 'm', status: '' }],
		['with a status that is no text', { code: 'A', status: 200 }, { code: 'A', said: '', status: '' }],
	])('%s', (_, body, words) => {
		expect(wordsOf(answerOf(400, JSON.stringify(body)))).toEqual(words);
	});

	test('of no JSON: none', () => {
		expect(wordsOf(answerOf(502, 'Bad Gateway'))).toBeUndefined();
	});
});
