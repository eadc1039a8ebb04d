import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PHOTO_NODE_TYPE, readWorkflow } from '../../demo/workflowFile.cts';
import type { InputItem, RunResult, WorkflowJson } from './harness/engine.cts';
import { startStage, type Stage } from './stage.cts';

const EXAMPLES = path.join(__dirname, '../../examples');
const FILES = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
const ADA = readFileSync(path.join(EXAMPLES, 'photos/3409643000000900001-ada.jpg'));

/**
 * The part of a workflow from one node on, with n8n's own nodes that are not installed here taken for nodes that pass
 * items on: what counts is what reaches our node and what leaves it.
 */
function from(workflow: WorkflowJson, start: string): WorkflowJson {
	const reached = new Set([start]);
	for (const name of reached) {
		for (const target of (workflow.connections[name]?.main ?? []).flatMap((output) => output ?? [])) {
			reached.add(target.node);
		}
	}
	return {
		...workflow,
		nodes: workflow.nodes
			.filter(({ name }) => reached.has(name))
			.map((node) => (node.type === PHOTO_NODE_TYPE ? node : { ...node, type: 'n8n-nodes-base.noOp', parameters: {} })),
		connections: Object.fromEntries(Object.entries(workflow.connections).filter(([name]) => reached.has(name))),
	};
}

function ada(binaryField: string, json: object, fileName = 'ada.jpg'): InputItem {
	return { json, binary: { [binaryField]: { data: ADA, fileName, mimeType: 'image/jpeg' } } };
}

describe.each(FILES)('examples/%s', (file) => {
	const workflow: WorkflowJson = JSON.parse(readFileSync(path.join(EXAMPLES, file), 'utf8'));

	test('can be imported: every connection ends at a node, every node has an id, and a note says what to do', () => {
		const names = new Set(workflow.nodes.map(({ name }) => name));
		const ends = Object.entries(workflow.connections).flatMap(([source, { main = [] }]) => [
			source,
			...main.flatMap((output) => (output ?? []).map(({ node }) => node)),
		]);
		expect(ends.filter((name) => !names.has(name))).toEqual([]);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(workflow.nodes.length);
		expect(workflow.nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
	});

	test('its note stands first and says what to change, in the order of the nodes', () => {
		const [note] = workflow.nodes;
		expect(note?.type).toBe('n8n-nodes-base.stickyNote');
		const text = String(Object(note?.parameters).content);
		const named = [...text.matchAll(/^\d+\. \*\*([^*]+)\*\*/gm)].map(([, name = '']) => name);
		expect(named.length).toBeGreaterThan(0);
		const place = (name: string): number => workflow.nodes.findIndex((node) => node.name === name);
		expect(named.map(place)).toEqual(named.map(place).sort((one, other) => one - other));
		expect(named.map(place)).not.toContain(-1);
		const ours = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-zoho-crm-photo.'));
		for (const { name } of ours) expect(named).toContain(name);
		const needs = workflow.nodes.some(({ type }) => /emailReadImap|lmChat/.test(type));
		expect(/^It needs /m.test(text)).toBe(needs);
	});

	test('holds no credential of whoever made it', () => {
		expect(workflow.nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
	});
});

describe('examples run', () => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await startStage();
	});
	afterAll(async () => await stage.close());
	beforeEach(() => stage.zoho.reset());

	async function run(file: string, start: string, items: InputItem[]): Promise<RunResult> {
		return await stage.engine.run({
			workflow: from(await readWorkflow(path.join(EXAMPLES, file), 'zoho'), start),
			startNode: start,
			standIns: { [start]: items },
			credentials: { zoho: stage.zoho.connect({ imageFields: true }) },
		});
	}

	test('iphone-folder-to-leads.json puts a HEIC on the lead, as a JPEG', async () => {
		const id = stage.zoho.records.add('Leads');
		const dorothy = readFileSync(path.join(EXAMPLES, '../demo/photos/3409643000000900008-dorothy.heic'));
		const fileName = `${id}-dorothy.heic`;
		const item = { json: {}, binary: { data: { data: dorothy, fileName, mimeType: 'image/heic' } } };
		const { nodes } = await run('iphone-folder-to-leads.json', 'Read Photos', [item]);
		expect(nodes['Zoho CRM Photo']?.output[0]?.[0]?.json.photo).toMatchObject({
			fileName: `${id}-dorothy.jpg`,
			...{ mimeType: 'image/jpeg', width: 1512, height: 2016 },
			original: { mimeType: 'image/heic', fileSize: dorothy.length, width: 1512, height: 2016 },
		});
		expect(stage.zoho.photos.get('Leads', id)?.bytes.subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8));
	});

	test.each([
		['folder-to-leads.json', 'Read Photos'],
		['resize-then-upload.json', 'Resize'],
	])('%s finds the lead by the name of the file', async (file, start) => {
		const id = stage.zoho.records.add('Leads');
		await run(file, start, [ada('data', {}, `${id}-ada.jpg`)]);
		expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(ADA)).toBe(true);
	});

	test('form-to-lead.json finds the lead by the address that the form asks for', async () => {
		const id = stage.zoho.records.add('Leads');
		await run('form-to-lead.json', 'Photo Form', [
			ada('Photo', { Lead: `https://crm.zoho.com/crm/org12345/tab/Leads/${id}` }),
		]);
		expect(stage.zoho.photos.get('Leads', id)?.bytes.equals(ADA)).toBe(true);
	});

	test('form-to-image-field.json puts all pictures of a form into the field of a deal, in the order of their names', async () => {
		const id = stage.zoho.records.add('Deals');
		const file = (name: string) => ({ data: ADA, fileName: `${name}.jpg`, mimeType: 'image/jpeg' });
		// n8n gives them in the order in which it has written them.
		const binary = { Pictures_0: file('IMG_10'), Pictures_1: file('IMG_9'), Pictures_2: file('door') };
		const Deal = `https://crm.zoho.com/crm/org12345/tab/Potentials/${id}`;
		await run('form-to-image-field.json', 'Pictures Form', [{ json: { Deal }, binary }]);
		const held = stage.zoho.imageFields.images('Deals', id, 'Damage');
		expect(held.map(({ fileName, bytes }) => [fileName, bytes])).toEqual(
			['door', 'IMG_9', 'IMG_10'].map((name) => [`${name}.jpg`, ADA]),
		);
	});

	test('mail-to-contact.json puts the attachment on the contact of the sender, and keeps a photo that is there', async () => {
		const id = stage.zoho.records.add('Contacts', { fields: { Email: 'ada@example.com' } });
		const mail = (address: string): InputItem => ada('attachment_0', { from: { value: [{ address, name: 'Ada' }] } });
		await run('mail-to-contact.json', 'New Mail', [mail('Ada@example.com')]);
		const second = await run('mail-to-contact.json', 'New Mail', [
			mail('ada@example.com'),
			mail('stranger@example.com'),
		]);
		expect(stage.zoho.photos.get('Contacts', id)?.uploads).toBe(1);
		const [done, failed] = second.nodes['Zoho CRM Photo']?.output ?? [];
		expect(done?.map(({ json }) => json.code)).toEqual(['SKIPPED']);
		expect(failed?.map(({ json }) => Object(json.error).code)).toEqual(['RECORD_NOT_FOUND']);
	});

	test('price-list-to-products.json finds products by code and fetches images for those without one alone', async () => {
		const codes = ['0042', 'AB-17', 'XY 9'];
		const ids = codes.map((code) => stage.zoho.records.add('Products', { fields: { Product_Code: code } }));
		const rows = [...codes, 'unknown'].map((code, n) => {
			const url = `https://images.example.com/${n}.jpg`;
			stage.zoho.sites.set(url, { status: 200, headers: { 'content-type': 'image/jpeg' }, body: ADA });
			return { json: { product_code: code, image_url: url } };
		});
		await run('price-list-to-products.json', 'Rows', rows.slice(0, 2));
		stage.zoho.clearLog();
		const { nodes } = await run('price-list-to-products.json', 'Rows', rows);
		expect(ids.map((id) => stage.zoho.photos.get('Products', id)?.uploads)).toEqual([1, 1, 1]);
		expect(nodes.Done?.output[0]?.map(({ json }) => json.code)).toEqual(['SKIPPED', 'SKIPPED', 'SUCCESS']);
		expect(nodes['Look At']?.output[0]?.[0]?.json.error).toMatchObject({
			code: 'RECORD_NOT_FOUND',
			recordId: 'unknown',
		});
		expect(stage.zoho.siteCalls).toHaveLength(1);
		// One call to find all, one to learn of their photos, one upload.
		expect(stage.zoho.calls).toHaveLength(3);
	});

	test('image-urls-to-products.json fetches each image and sends what it cannot fetch to the report', async () => {
		const [good = '', bad = ''] = stage.zoho.records.addMany('Products', 2);
		stage.zoho.sites.set('https://images.example.com/ada.jpg', {
			status: 200,
			headers: { 'content-type': 'image/jpeg' },
			body: ADA,
		});
		const { nodes } = await run('image-urls-to-products.json', 'Rows', [
			{ json: { product_id: good, image_url: 'https://images.example.com/ada.jpg' } },
			{ json: { product_id: bad, image_url: 'not an address' } },
		]);
		expect(stage.zoho.photos.get('Products', good)?.bytes.equals(ADA)).toBe(true);
		expect(nodes.Reasons?.output[0]?.[0]?.json).toMatchObject({
			product_id: bad,
			error: { code: 'PHOTO_URL_FAILED' },
		});
	});

	test('copy-contact-photo-to-account.json carries the bytes from record to record', async () => {
		const contactId = stage.zoho.records.add('Contacts');
		const accountId = stage.zoho.records.add('Accounts');
		const credential = stage.zoho.connect();
		await stage.run(
			[ada('data', { id: contactId })],
			{
				parameters: {
					module: { __rl: true, mode: 'name', value: 'Contacts' },
					recordId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				},
			},
			{ credential },
		);
		await run('copy-contact-photo-to-account.json', 'Pairs', [{ json: { contactId, accountId } }]);
		expect(stage.zoho.photos.get('Accounts', accountId)?.bytes.equals(ADA)).toBe(true);
	});
});
