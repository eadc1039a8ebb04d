import type { INodeProperties } from 'n8n-workflow';

import { breaks, isComplete } from './breaks.cts';
import { parametersOf, type Contract } from './contract.cts';

const UPLOAD_ONLY = { show: { operation: ['upload'] } };

const PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		options: [
			{ name: 'Upload', value: 'upload' },
			{ name: 'Delete', value: 'delete' },
		],
		default: 'upload',
	},
	{
		displayName: 'Record',
		name: 'recordId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{ displayName: 'List', name: 'list', type: 'list' },
			{ displayName: 'ID', name: 'id', type: 'string' },
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{ displayName: 'Timeout', name: 'timeout', type: 'number', default: 1000 },
			{ displayName: 'File Name', name: 'fileName', type: 'string', default: '', displayOptions: UPLOAD_ONLY },
		],
	},
	{
		displayName: 'Headers',
		name: 'headers',
		type: 'fixedCollection',
		default: {},
		options: [
			{
				displayName: 'Header',
				name: 'header',
				values: [{ displayName: 'Name', name: 'name', type: 'string', default: '' }],
			},
		],
	},
];

function contractOf(properties: INodeProperties[], release = '1.0.0'): Contract {
	return {
		release,
		node: {
			name: 'someNode',
			versions: { 1: { inputs: 1, outputs: 1, credentials: ['someApi'], parameters: parametersOf(properties) } },
		},
		credential: { name: 'someApi', extends: ['oAuth2Api'], parameters: parametersOf(properties.slice(0, 1)) },
	};
}

/** The contract after a change of one parameter, found by its path. */
function changed(path: string, change: Partial<ReturnType<typeof parametersOf>[number]> | 'gone'): Contract {
	const contract = contractOf(PROPERTIES);
	const version = contract.node.versions['1'];
	if (!version) throw new Error('the contract has a version 1');
	version.parameters = version.parameters.flatMap((parameter) => {
		if (parameter.path !== path) return [parameter];
		return change === 'gone' ? [] : [{ ...parameter, ...change }];
	});
	return contract;
}

const RELEASED = contractOf(PROPERTIES);
const NEEDS = 'This needs a new node version; version 1 stays as it was.';

test('the same package breaks nothing', () => {
	expect(breaks(RELEASED, contractOf(PROPERTIES))).toEqual([]);
	expect(isComplete(RELEASED, contractOf(PROPERTIES))).toBe(true);
});

test.each<[string, Contract, string]>([
	['a parameter removed', changed('recordId', 'gone'), "The parameter 'recordId' is gone."],
	['an option of a collection removed', changed('options.timeout', 'gone'), "The parameter 'options.timeout' is gone."],
	[
		'a parameter within a group removed',
		changed('headers.header.name', 'gone'),
		"The parameter 'headers.header.name' is gone.",
	],
	[
		'a type changed',
		changed('options.timeout', { type: 'string' }),
		"The type of 'options.timeout' was 'number' and is 'string'.",
	],
	[
		'a default changed',
		changed('options.timeout', { default: 2000 }),
		"The default of 'options.timeout' was 1000 and is 2000.",
	],
	[
		'a default of a locator changed',
		changed('recordId', { default: { mode: 'id', value: '' } }),
		`The default of 'recordId' was {"mode":"list","value":""} and is {"mode":"id","value":""}.`,
	],
	[
		'a value removed',
		changed('operation', { values: ['upload'] }),
		"The parameter 'operation' no longer takes 'delete'.",
	],
	['a mode removed', changed('recordId', { values: ['list'] }), "The parameter 'recordId' no longer takes 'id'."],
	[
		'a condition added',
		changed('options.timeout', { show: { operation: ['upload'] } }),
		`The parameter 'options.timeout' is not shown everywhere it was ({"show":{},"hide":{}}).`,
	],
	[
		'another case shown instead',
		changed('options.fileName', { show: { operation: ['delete'] } }),
		`The parameter 'options.fileName' is not shown everywhere it was ({"show":{"operation":["upload"]},"hide":{}}).`,
	],
	[
		'hidden in a case',
		changed('options.timeout', { hide: { operation: ['delete'] } }),
		`The parameter 'options.timeout' is not shown everywhere it was ({"show":{},"hide":{}}).`,
	],
	['newly required', changed('recordId', { required: true }), "The parameter 'recordId' is now required."],
])('%s is one break, and says what it needs', (_, current, sentence) => {
	expect(breaks(RELEASED, current)).toEqual([`${sentence} ${NEEDS}`]);
	expect(isComplete(RELEASED, current)).toBe(false);
});

test.each<[string, Contract]>([
	['a value added', changed('operation', { values: ['upload', 'move', 'delete'] })],
	['a parameter shown in a further case', changed('options.fileName', { show: { operation: ['upload', 'delete'] } })],
	['a condition taken away', changed('options.fileName', { show: {} })],
	['a parameter added', contractOf([...PROPERTIES, { displayName: 'New', name: 'new', type: 'string', default: '' }])],
])('%s is no break, but the contract is not complete without it', (_, current) => {
	expect(breaks(RELEASED, current)).toEqual([]);
	expect(isComplete(RELEASED, current)).toBe(false);
});

test('one name with two parameters, each for its own case, is compared case by case', () => {
	const properties = (downloadDefault: string): INodeProperties[] => [
		{ displayName: 'In', name: 'field', type: 'string', default: 'in', displayOptions: UPLOAD_ONLY },
		{
			displayName: 'Out',
			name: 'field',
			type: 'string',
			default: downloadDefault,
			displayOptions: { show: { operation: ['download'] } },
		},
	];
	expect(breaks(contractOf(properties('out')), contractOf(properties('out')))).toEqual([]);
	expect(breaks(contractOf(properties('out')), contractOf(properties('other')))).toContain(
		`The default of 'field' was "out" and is "other". ${NEEDS}`,
	);
});

test('a hidden expression may be put in other words, and may not become a fixed value', () => {
	const properties = (given: string): INodeProperties[] => [
		{ displayName: 'URL', name: 'authUrl', type: 'hidden', default: given },
	];
	const was = contractOf(properties('=https://{{$self["host"]}}'));
	expect(breaks(was, contractOf(properties('=https://{{ $self.host }}')))).toEqual([]);
	expect(breaks(was, contractOf(properties('https://example.com')))).toHaveLength(2);
});

test('a new release number alone leaves the contract to be written again', () => {
	expect(isComplete(RELEASED, contractOf(PROPERTIES, '1.1.0'))).toBe(false);
});

test('names that are stored may not change: node, version, credential', () => {
	const otherNode = contractOf(PROPERTIES);
	otherNode.node.name = 'otherNode';
	expect(breaks(RELEASED, otherNode)).toEqual([expect.stringContaining("'someNode' is now named 'otherNode'")]);

	const otherVersion = contractOf(PROPERTIES);
	otherVersion.node.versions = { 2: { inputs: 1, outputs: 1, credentials: [], parameters: [] } };
	expect(breaks(RELEASED, otherVersion)).toEqual([expect.stringContaining('Version 1 of the node is gone')]);

	const otherCredential = contractOf(PROPERTIES);
	otherCredential.credential.name = 'otherApi';
	expect(breaks(RELEASED, otherCredential)).toEqual([expect.stringContaining("'someApi' is now named 'otherApi'")]);
});

test('a second version beside the first, with other parameters, breaks nothing', () => {
	const current = contractOf(PROPERTIES);
	current.node.versions['2'] = { inputs: 1, outputs: 1, credentials: ['someApi'], parameters: [] };
	expect(breaks(RELEASED, current)).toEqual([]);
});

test('a change of the credential needs a new credential type', () => {
	const current = contractOf(PROPERTIES);
	current.credential.parameters = [];
	expect(breaks(RELEASED, current)).toEqual([
		"Credential: The parameter 'operation' is gone. This needs a new credential type; the old one stays as it was.",
	]);
});

test('inputs, outputs and credentials of the node are part of it', () => {
	const current = contractOf(PROPERTIES);
	current.node.versions['1'] = { inputs: 2, outputs: 3, credentials: [], parameters: parametersOf(PROPERTIES) };
	expect(breaks(RELEASED, current)).toEqual([
		`The number of inputs was 1 and is 2. ${NEEDS}`,
		`The number of outputs was 1 and is 3. ${NEEDS}`,
		`The node no longer takes the credential type 'someApi'. ${NEEDS}`,
	]);
});
