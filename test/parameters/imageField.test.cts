import {
	binaryFieldsOf,
	readExisting,
	readImageField,
	readImageNumbers,
} from '../../nodes/ZohoCrmPhoto/parameters/imageField';
import { execution } from '../run/execution.cts';

const contextWith = (parameters: Record<string, unknown>) =>
	execution({
		parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, () => value])),
	}).context;

describe('readImageField', () => {
	it.each([
		[{ mode: 'list', value: 'House_Photos' }, 'House_Photos'],
		[{ mode: 'name', value: ' House_Photos ' }, 'House_Photos'],
		['House_Photos', 'House_Photos'],
	])('reads %j', (imageField, value) =>
		expect(readImageField(contextWith({ imageField }), 0)).toEqual({ ok: true, value }),
	);

	it.each([
		[{ mode: 'list', value: '' }, "The parameter 'Image Field' is empty"],
		[{ mode: 'list', value: null }, "The parameter 'Image Field' is empty"],
		[{ mode: 'name', value: '../Users' }, "'../Users' cannot be the API name of a field"],
		[{ mode: 'name', value: { a: 1 } }, `'{"a":1}' cannot be the API name of a field`],
		[{ mode: 'name', value: 'x'.repeat(200) }, `'${'x'.repeat(100)}...' cannot be the API name of a field`],
	])('refuses %j', (imageField, message) =>
		expect(readImageField(contextWith({ imageField }), 0)).toMatchObject({
			ok: false,
			failure: { code: 'IMAGE_FIELD_NOT_FOUND', message },
		}),
	);
});

describe('readExisting', () => {
	it.each([
		[{}, 'add'],
		[null, 'add'],
		[{ existing: '' }, 'add'],
		[{ existing: null }, 'add'],
		[{ existing: 'add' }, 'add'],
		[{ existing: 'replace' }, 'replace'],
		[{ existing: 'keep' }, 'keep'],
	])('reads %j', (options, value) => expect(readExisting(contextWith({ options }), 0)).toEqual({ ok: true, value }));

	it('refuses what the option does not have', () =>
		expect(readExisting(contextWith({ options: { existing: 'merge' } }), 0)).toMatchObject({
			failure: {
				code: 'INVALID_PARAMETER',
				message: "The option 'If the Field Has Images' cannot be 'merge'",
				description: expect.stringContaining('add, replace or keep'),
			},
		}));
});

test.each([
	['data', ['data']],
	[' front, back,,front ', ['front', 'back']],
	[
		['front', ' back'],
		['front', 'back'],
	],
	[{ mimeType: 'image/png', data: '' }, [{ mimeType: 'image/png', data: '' }]],
	['', ['']],
	[' , ', ['']],
	[[], ['']],
	[null, ['']],
	[7, [7]],
])('the binary fields in %j are %j', (given, fields) => expect(binaryFieldsOf(given)).toEqual(fields));

describe('readImageNumbers', () => {
	const read = (whichImages: unknown, imageNumbers: unknown) =>
		readImageNumbers(contextWith({ whichImages, imageNumbers }), 0);

	it('gives none for all', () => expect(read('all', 'x')).toEqual({ ok: true, value: undefined }));

	it.each([
		['1', [1]],
		[' 3, 1 ,3', [3, 1]],
		[2, [2]],
		[
			[2, '4'],
			[2, 4],
		],
	])('reads %j', (given, value) => expect(read('numbers', given)).toEqual({ ok: true, value }));

	it.each(['', ' ', ',', '0', '-1', '1.5', 'one', '1 2', '99999', [], Array.from({ length: 101 }, (_, n) => n + 1)])(
		'refuses %j, so that nothing is deleted by accident',
		(given) => expect(read('numbers', given)).toMatchObject({ ok: false, failure: { code: 'INVALID_PARAMETER' } }),
	);

	it('refuses another choice', () =>
		expect(read('some', '1')).toMatchObject({
			failure: { message: "The parameter 'Images' cannot be 'some'" },
		}));
});
