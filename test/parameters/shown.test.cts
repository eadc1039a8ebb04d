import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { ZohoCrmPhoto } from '../../nodes/ZohoCrmPhoto/ZohoCrmPhoto.node';

const { description } = new ZohoCrmPhoto();

/** What the form shows for stored parameters, in its order, as n8n works it out. */
function form(parameters: INodeParameters, isTool = false): { shown: INodeProperties[]; values: INodeParameters } {
	const type = isTool ? { ...description, name: `${description.name}Tool` } : description;
	const node: INode = { id: '1', name: 'Photo', type: type.name, typeVersion: 1, position: [0, 0], parameters };
	const values = NodeHelpers.getNodeParameters(type.properties, parameters, true, false, node, type) ?? {};
	const shown = type.properties.filter((one) => NodeHelpers.displayParameter(values, one, node, type));
	return { shown, values };
}

const record = (mode: string): INodeParameters => ({ recordId: { __rl: true, mode, value: '1' } });
const labels = (shown: INodeProperties[]): string[] => shown.map(({ displayName }) => displayName);

describe('the parameter Record', () => {
	test.each([
		[{}, true],
		[{ recordId: '3000000038009' }, true],
		[record('list'), true],
		[record('id'), false],
		[record('url'), false],
		[record('field'), false],
	])('with %j is there once, and cleared with the module: %j', (parameters, isCleared) => {
		for (const isTool of [false, true]) {
			const { shown, values } = form(parameters, isTool);
			const records = shown.filter(({ name }) => name === 'recordId');
			expect(records.map(({ typeOptions }) => typeOptions?.loadOptionsDependsOn)).toEqual([
				isCleared ? ['module.value'] : undefined,
			]);
			expect(values.recordId).toEqual(
				'recordId' in parameters ? parameters.recordId : { __rl: true, mode: 'list', value: '' },
			);
		}
	});

	test.each([
		['list', 'Record ID'],
		['id', 'Record ID'],
		['url', 'Record URL'],
		['field', 'Email or Other Field of Record'],
	])('tells a model by its name what to give in the mode %s: %s', (mode, label) => {
		expect(labels(form(record(mode), true).shown)).toContain(label);
		expect(labels(form(record(mode)).shown)).toContain('Record');
	});
});

describe('the photo', () => {
	test('comes from a binary field, or from a URL', () => {
		expect(labels(form({}).shown)).toEqual([
			'Resource',
			'Operation',
			'Module',
			'Record',
			'Photo Source',
			'Input Binary Field',
			'Options',
		]);
		expect(labels(form({ photoSource: 'url' }).shown)).toContain('Photo URL');
	});

	test('comes to a tool from a URL alone', () => {
		const { shown, values } = form({}, true);
		expect(values.photoSource).toBe('url');
		expect(labels(shown)).toEqual([
			'Resource',
			'Operation',
			'Module',
			'Record ID',
			'Photo Source',
			'Photo URL',
			'Options',
		]);
		const [source] = shown.filter(({ name }) => name === 'photoSource');
		expect(source?.options?.map((option) => 'value' in option && option.value)).toEqual(['url']);
	});

	test('goes into a binary field, and to no model', () => {
		expect(labels(form({ operation: 'download' }).shown)).toContain('Put Output File in Field');
		const asTool = labels(form({ operation: 'download' }, true).shown);
		expect(asTool).not.toContain('Put Output File in Field');
		expect(asTool).toContainEqual(expect.stringMatching(/^No file reaches the model/));
	});
});

describe('an image field', () => {
	const before = ['Resource', 'Operation', 'Module', 'Record', 'Image Field'];
	const images = (more: INodeParameters = {}): INodeParameters => ({ resource: 'imageField', ...more });

	test('takes the files of several binary fields, or gives one after another', () => {
		const upload = [...before, 'Photo Source', 'Input Binary Fields', 'Options'];
		expect(labels(form(images()).shown)).toEqual(upload);
		expect(labels(form(images({ photoSource: 'url' })).shown)).toEqual(
			upload.map((label) => (label === 'Input Binary Fields' ? 'Photo URL' : label)),
		);
		const download = [...before, 'Images', 'Put Output Files in Field', 'Options'];
		expect(labels(form(images({ operation: 'download' })).shown)).toEqual(download);
		expect(labels(form(images({ operation: 'delete', whichImages: 'numbers' })).shown)).toEqual([
			...before,
			'Images',
			'Image Numbers',
			'Options',
		]);
	});

	test('takes from a tool no file and gives it none', () => {
		expect(labels(form(images(), true).shown)).toContain('Photo URL');
		expect(labels(form(images({ operation: 'download' }), true).shown)).not.toContain('Put Output Files in Field');
	});

	test.each([
		[{}, true],
		[{ imageField: { __rl: true, mode: 'list', value: 'Views' } }, true],
		[{ imageField: { __rl: true, mode: 'name', value: 'Views' } }, false],
	])('with %j is there once, and cleared with the module: %j', (parameters, isCleared) => {
		const fields = form(images(parameters)).shown.filter(({ name }) => name === 'imageField');
		expect(fields.map(({ typeOptions }) => typeOptions?.loadOptionsDependsOn)).toEqual([
			isCleared ? ['module.value'] : undefined,
		]);
	});
});
