import { Workflow, type INodeParameters, type INodeTypes } from 'n8n-workflow';

import { ZohoCrmPhoto } from '../../nodes/ZohoCrmPhoto/ZohoCrmPhoto.node';
import { HINTS, SUBTITLE } from '../../nodes/ZohoCrmPhoto/parameters/appearance';
import { core } from '../wire/realDoor.cts';

beforeAll(async () => {
	await core();
});

const nodeType = new ZohoCrmPhoto();
const nodeTypes: INodeTypes = {
	getByName: () => nodeType,
	getByNameAndVersion: () => nodeType,
	getKnownTypes: () => ({}),
};

/** What an expression gives for a node with these parameters, as the editor asks before anything has run. */
function worth(expression: string | undefined, parameters: INodeParameters): unknown {
	const node = { id: '1', name: 'Photo', type: 'x', typeVersion: 1, position: [0, 0] as [number, number], parameters };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, expression, 'internal', {});
}

const inModule = (mode: string, value: string): INodeParameters => ({ module: { __rl: true, mode, value } });

test.each([
	['upload', inModule('list', 'Leads'), 'Upload Photo: Leads'],
	['download', inModule('name', 'Pets'), 'Download Photo: Pets'],
	['delete', { module: 'Deals' }, 'Delete Photo: Deals'],
	['upload', {}, 'Upload Photo: Leads'],
	['upload', { resource: 'photo' }, 'Upload Photo: Leads'],
	['upload', { resource: 'imageField', ...inModule('list', 'Deals') }, 'Upload Images: Deals'],
	['delete', { resource: 'imageField', ...inModule('name', '={{ $json.module }}') }, 'Delete Images'],
	['upload', inModule('name', '={{ $json.module }}'), 'Upload Photo'],
	['delete', inModule('name', "={{ $('Nobody').item.json.module }}"), 'Delete Photo'],
])('the subtitle of %s with %j is %s', (operation, parameters, subtitle) => {
	expect(worth(SUBTITLE, { operation, ...parameters })).toBe(subtitle);
});

const url = (tab: string): string => `https://crm.zoho.eu/crm/org7/tab/${tab}/3000000038009`;
const record = (mode: string, value: string): INodeParameters => ({ recordId: { __rl: true, mode, value } });

test.each([
	['Leads', record('url', url('Contacts')), true],
	['Deals', record('url', url('Leads')), true],
	['Leads', record('url', url('Leads')), false],
	['leads', record('url', url('Leads')), false],
	['Deals', record('url', url('Potentials')), false],
	['Pets', record('url', url('CustomModule3')), false],
	['Leads', record('id', '3000000038009'), false],
	['Leads', record('list', '3000000038009'), false],
	['Leads', record('url', "={{ $json.url + '/tab/Contacts/' }}"), false],
	['={{ $json.module }}', record('url', url('Contacts')), false],
	['Leads', {}, false],
])('of a module %s with %j is said that it is another: %j', (value, parameters, isSaid) => {
	const [hint] = HINTS;
	expect(worth(hint?.displayCondition, { ...inModule('name', value), ...parameters })).toBe(isSaid);
});
