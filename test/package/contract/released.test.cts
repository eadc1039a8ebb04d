import { breaks } from './breaks.cts';
import { builtContract, type Parameter } from './contract.cts';
import released from './released.json';

const current = builtContract();

test('the build keeps the contract of the last release', () => {
	expect(breaks(released, current)).toEqual([]);
});

/** Names, types, defaults and cases as the design fixed them before the first workflow stored one. */
const UPLOAD = { operation: ['upload'] };
const GIVEN = ['id', 'url', 'field'];
const PHOTO = { resource: ['photo'] };
const IMAGES = { resource: ['imageField'] };
const NODE_PARAMETERS: [path: string, type: string, def: unknown, show: object, values: unknown[]][] = [
	['resource', 'options', 'photo', {}, ['photo', 'imageField']],
	['operation', 'options', 'upload', PHOTO, ['upload', 'download', 'delete']],
	['operation', 'options', 'upload', IMAGES, ['upload', 'download', 'delete']],
	['module', 'resourceLocator', { mode: 'list', value: 'Leads' }, {}, ['list', 'name']],
	['recordId', 'resourceLocator', { mode: 'list', value: '' }, {}, ['list', 'id', 'url', 'field']],
	['recordId', 'resourceLocator', { mode: 'list', value: '' }, { '/recordId.mode': GIVEN }, ['list', ...GIVEN]],
	['photoSource', 'options', 'binary', UPLOAD, ['binary', 'url']],
	['photoSource', 'options', 'url', { ...UPLOAD, '@tool': [true] }, ['url']],
	['imageField', 'resourceLocator', { mode: 'list', value: '' }, IMAGES, ['list', 'name']],
	['binaryPropertyName', 'string', 'data', { ...PHOTO, operation: ['upload'], photoSource: ['binary'] }, []],
	['binaryPropertyName', 'string', 'data', { ...PHOTO, operation: ['download'] }, []],
	['binaryPropertyName', 'string', 'data', { ...IMAGES, operation: ['upload'], photoSource: ['binary'] }, []],
	['binaryPropertyName', 'string', 'data', { ...IMAGES, operation: ['download'] }, []],
	['whichImages', 'options', 'all', { ...IMAGES, operation: ['download', 'delete'] }, ['all', 'numbers']],
	['imageNumbers', 'string', '', { ...IMAGES, operation: ['download', 'delete'], whichImages: ['numbers'] }, []],
	['photoUrl', 'string', '', { operation: ['upload'], photoSource: ['url'] }, []],
	['options', 'collection', {}, {}, []],
	[
		'options.apiVersion',
		'options',
		'v8',
		{ '/resource': ['photo'] },
		['v2', 'v2.1', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8'],
	],
	['options.fileName', 'string', '', { '/operation': ['upload'] }, []],
	['options.restrictTriggers', 'boolean', false, { '/operation': ['upload'] }, []],
	['options.unfitPhoto', 'options', 'fit', { '/operation': ['upload'] }, ['fit', 'refuse']],
	['options.largestSide', 'number', 0, { '/operation': ['upload'] }, []],
	['options.removeMetadata', 'boolean', false, { '/operation': ['upload'] }, []],
	['options.parallelUploads', 'number', 5, { '/operation': ['upload'] }, []],
	[
		'options.existingPhoto',
		'options',
		'replace',
		{ '/resource': ['photo'], '/operation': ['upload'] },
		['replace', 'keep'],
	],
	[
		'options.existing',
		'options',
		'add',
		{ '/resource': ['imageField'], '/operation': ['upload'] },
		['add', 'replace', 'keep'],
	],
	['options.restrictTriggers', 'boolean', false, { '/resource': ['imageField'], '/operation': ['delete'] }, []],
	['options.matchField', 'string', '', { '/recordId.mode': ['field'] }, []],
	['options.severalMatches', 'options', 'refuse', { '/recordId.mode': ['field'] }, ['refuse', 'newest']],
	['options.maxRetries', 'number', 4, {}, []],
	['options.waitAtMost', 'number', 15, {}, []],
	['options.timeout', 'number', 120000, {}, []],
];

test.each(NODE_PARAMETERS)(
	'the node has %s of type %s, by default %j, shown for %j',
	(path, type, def, show, values) => {
		const fitting = (current.node.versions['1']?.parameters ?? []).filter(
			(parameter) => parameter.path === path && JSON.stringify(parameter.show) === JSON.stringify(show),
		);
		expect(fitting).toEqual([expect.objectContaining({ type, default: def })]);
		expect(sorted(fitting[0])).toEqual([...values].sort());
	},
);

test('the names that workflows store are the agreed ones', () => {
	expect(current.node.name).toBe('zohoCrmPhoto');
	expect(Object.keys(current.node.versions)).toContain('1');
	expect(current.credential).toMatchObject({ name: 'zohoCrmPhotoOAuth2Api', extends: ['oAuth2Api'] });
});

function sorted(parameter: Parameter | undefined): unknown[] {
	return [...(parameter?.values ?? [])].sort();
}
