'use strict';

const NODE = 'nodes/ZohoCrmPhoto';

/**
 * The rooms in the order of an item's way, the top floor first: [name, files, rooms that it may import beside itself and the
 * ground floor, why no other].
 */
const ROOMS = [
	[
		'the description',
		`^${NODE}/ZohoCrmPhoto[.]node[.]ts$`,
		['methods', 'run', 'parameters', 'zoho'],
		'The description hands an execution over at once.',
	],
	[
		'methods',
		`^${NODE}/methods/`,
		['run', 'zoho/records', 'zoho/calls', 'zoho/account', 'zoho'],
		"The editor's lists ask Zoho about records; they know no item and no picture.",
	],
	[
		'run',
		`^${NODE}/run/`,
		['operations', 'parameters', 'zoho/records', 'zoho/calls', 'zoho', 'network'],
		'Only run/ knows of items, order, pairing and continue-on-fail, and what records to ask for ahead; an operation does the rest.',
	],
	[
		'operations',
		`^${NODE}/operations/`,
		['parameters', 'source', 'photo', 'zoho/records', 'zoho/calls', 'zoho', 'network'],
		'An operation does one item and knows of no other.',
	],
	[
		'parameters',
		`^${NODE}/parameters/`,
		['zoho/records', 'zoho/calls', 'zoho'],
		'Parameters are read in the terms of Zoho and say nothing of files.',
	],
	[
		'source',
		`^${NODE}/source/`,
		['network'],
		'A file comes from n8n or the web, whatever it holds and wherever it goes.',
	],
	['photo', `^${NODE}/photo/`, [], 'photo/ takes bytes and knows nothing of HTTP, Zoho, items or parameters.'],
	[
		'zoho/records',
		`^${NODE}/zoho/records/`,
		['zoho/calls', 'zoho/answers', 'zoho/account', 'zoho'],
		'What is asked of records is asked by calls; zoho/ knows nothing of pictures and parameters.',
	],
	[
		'zoho/calls',
		`^${NODE}/zoho/calls/`,
		['zoho/answers', 'zoho/account', 'zoho', 'network'],
		'A call is the same whatever is asked; zoho/ knows nothing of pictures and parameters.',
	],
	[
		'zoho/answers',
		`^${NODE}/zoho/answers/`,
		['zoho/account', 'zoho', 'network'],
		'An answer is explained without making another call; zoho/ knows nothing of pictures and parameters.',
	],
	[
		'zoho/account',
		`^${NODE}/zoho/account/`,
		['zoho', 'network'],
		'The connection is the ground of all calls; zoho/ knows nothing of pictures and parameters.',
	],
	['zoho', `^${NODE}/zoho/[^/]+$`, [], 'The words that all of zoho/ shares lie below its rooms.'],
	['network', `^${NODE}/network/`, [], 'What a call to any host needs knows of no host.'],
	[
		'the ground floor',
		`^${NODE}/(outcome|json|text|asTool)[.]ts$`,
		[],
		'Everything stands on the ground floor, it stands on nothing.',
	],
	[
		'credentials',
		'^credentials/',
		['zoho/account'],
		'The credential needs the data centers and scopes, and nothing else.',
	],
];

const PHOTO_ROOMS = [
	['fit', ['decode', 'encode', 'formats'], 'Making a photo fit decodes, scales and encodes.'],
	['decode', ['formats'], 'A decoder gives rows, whoever scales or encodes them.'],
	['encode', ['formats'], 'An encoder takes rows, whoever decoded them.'],
	['formats', [], 'Readers of headers are below whatever needs them.'],
	['recognise', [], 'Telling what a file is comes before reading it.'],
];

const files = new Map(ROOMS.map(([name, path]) => [name, path]));

/** A rule for dependency-cruiser: files of `from` may import their own room, the ground floor and `allowed`, nothing else. */
function onlyInto(name, from, allowed, comment) {
	return { name, comment, severity: 'error', from: { path: from }, to: { pathNot: [from, ...allowed] } };
}

module.exports = {
	forbidden: [
		...ROOMS.map(([name, path, allowed, why]) =>
			onlyInto(
				name,
				path,
				[
					'^node_modules/',
					'^n8n-workflow$',
					'^crypto$',
					files.get('the ground floor'),
					...allowed.map((room) => files.get(room)),
				],
				why,
			),
		),
		...PHOTO_ROOMS.map(([room, allowed, why]) =>
			onlyInto(
				`photo/${room}`,
				`^${NODE}/photo/${room}/`,
				[
					'^node_modules/',
					'^n8n-workflow$',
					`^${NODE}/photo/[^/]+$`,
					files.get('the ground floor'),
					...allowed.map((other) => `^${NODE}/photo/${other}/`),
				],
				why,
			),
		),
		{
			name: 'circle',
			comment: 'Two files that import each other are one file, or stand on a third one.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		// Types count: whoever names a type of a room knows that room.
		tsPreCompilationDeps: true,
	},
};
