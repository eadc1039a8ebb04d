import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { addExampleRecords, exampleFiles, EXAMPLES, examplePhotos, readExample } from '../examples.cts';
import { dig, listAt, textAt } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { jpegNumber } from '../photos.cts';
import { ended, executionsOf, runWorkflow } from '../server/executions.cts';
import { until } from '../server/process.cts';
import { PHOTO } from '../workflows.cts';

const TRIGGER = 'When clicking ‘Execute workflow’';

describe('the example workflows, imported by n8n’s command line', () => {
	let lab: Lab;
	let files: string;
	const ids = new Map<string, string>();

	const photo = async (file: string | undefined): Promise<Buffer> =>
		await readFile(path.join(EXAMPLES, 'photos', file ?? ''));
	const idOf = (file: string): string => ids.get(file) ?? '';
	const stored = (module: string, id: string): Buffer | undefined => lab.zoho.photos.get(module, id)?.bytes;

	before(async () => {
		lab = await openLab();
		files = path.join(lab.folder, 'home', 'files');
		await mkdir(path.join(files, 'photos'), { recursive: true });
		for (const name of examplePhotos) {
			await cp(path.join(EXAMPLES, 'photos', name), path.join(files, 'photos', name));
		}
		addExampleRecords(lab.emulator);
	});
	after(async () => await lab?.close());

	it('are all taken, and n8n knows every node in them', async () => {
		const workflows = await Promise.all(
			exampleFiles.map(async (file, place) => {
				const id = `exampleWorkflow${place}`;
				ids.set(file, id);
				const example = await readExample(file, { credentialId: lab.credentialId, files });
				return { id, active: false, versionId: `00000000-0000-4000-8000-00000000000${place}`, ...example };
			}),
		);
		const input = path.join(lab.folder, 'examples.json');
		await writeFile(input, JSON.stringify(workflows));
		await lab.server.command('import:workflow', `--input=${input}`);
		const known = await lab.server.rest.nodeTypes();
		for (const [file, id] of ids) {
			const workflow = await lab.server.rest.send('GET', `/workflows/${id}`);
			const types = listAt(workflow, 'nodes').map((node) => textAt(node, 'type'));
			assert.ok(types.length > 1, file);
			for (const type of types) assert.ok(known.includes(type) || type.endsWith('stickyNote'), `${type} in ${file}`);
		}
	});

	it('folder-to-leads: run by the command line, five photos arrive, one of them made to fit, and one comes out of the error branch', async () => {
		await lab.server.command('execute', `--id=${idOf('folder-to-leads.json')}`, '--rawOutput');
		for (const file of examplePhotos.slice(0, 4)) {
			assert.deepEqual(stored('Leads', file.split('-')[0] ?? ''), await photo(file), file);
		}
		assert.equal(lab.zoho.photos.count, 5);
		const [execution = ''] = await executionsOf(lab.server.rest, idOf('folder-to-leads.json'));
		const { items } = await ended(lab.server.rest, execution);
		assert.equal(items('Uploaded')[0]?.length, 5);
		assert.deepEqual(
			items('Not Uploaded')[0]
				?.map(({ json }) => dig(json, 'error', 'code'))
				.sort(),
			['NOT_AN_IMAGE'],
		);
	});

	it('image-urls-to-products: images from the web arrive, the report names the rest', async () => {
		const [one, two] = lab.zoho.records.addMany('Products', 2);
		lab.zoho.sites.set('https://shop.example/one.jpg', { body: jpegNumber(1) });
		lab.zoho.sites.set('https://shop.example/gone.jpg', { status: 404, body: 'Not found' });
		const rows = `product_id,image_url\n${one},https://shop.example/one.jpg\n${two},https://shop.example/gone.jpg\n`;
		await writeFile(path.join(files, 'products.csv'), rows);
		const { status, error } = await runWorkflow(lab.server.rest, idOf('image-urls-to-products.json'), TRIGGER);
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(stored('Products', one ?? ''), jpegNumber(1));
		assert.equal(stored('Products', two ?? ''), undefined);
		const report = await readFile(path.join(files, 'not-uploaded.csv'), 'utf8');
		assert.match(report, new RegExp(`${two}.*https://shop\\.example/gone\\.jpg.*404`));
		assert.doesNotMatch(report, new RegExp(String(one)));
	});

	it('copy-contact-photo-to-account: the photo arrives unchanged', async () => {
		const contact = '3409643000000900101';
		const account = '3409643000000900201';
		lab.zoho.records.add('Contacts', { id: contact, name: 'Grace Hopper' });
		lab.zoho.records.add('Accounts', { id: account, name: 'Navy' });
		const bytes = await photo(examplePhotos[1]);
		lab.zoho.photos.put({
			module: 'Contacts',
			recordId: contact,
			bytes,
			fileName: 'grace.png',
			mimeType: 'image/png',
			width: 320,
			height: 400,
			storedAt: 0,
		});
		const { status, error } = await runWorkflow(lab.server.rest, idOf('copy-contact-photo-to-account.json'), TRIGGER);
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(stored('Accounts', account), bytes);
	});

	it('resize-then-upload: Edit Image makes a too large photo fit', async () => {
		const hedy = examplePhotos.find((file) => file.includes('hedy')) ?? '';
		const only = path.join(files, 'large');
		await mkdir(only);
		await cp(path.join(EXAMPLES, 'photos', hedy), path.join(only, hedy));
		const example = await readExample('resize-then-upload.json', { credentialId: lab.credentialId, files });
		const nodes = JSON.parse(JSON.stringify(example.nodes).replaceAll(`${files}/photos/*`, `${only}/*`));
		const id = await lab.server.rest.addWorkflow({ ...example, nodes });
		const { status, error } = await runWorkflow(lab.server.rest, id, TRIGGER);
		const words = JSON.stringify(error) ?? '';
		const hint = /gm|GraphicsMagick/.test(words)
			? 'Edit Image needs GraphicsMagick: apt-get install graphicsmagick. '
			: '';
		assert.equal(status, 'success', hint + words);
		const photoStored = lab.zoho.photos.get('Leads', hedy.split('-')[0] ?? '');
		assert.equal(photoStored?.mimeType, 'image/jpeg');
		assert.deepEqual([photoStored?.width, photoStored?.height], [2025, 2700]);
	});

	it('form-to-lead: a photo posted to the form arrives, for the lead whose address was pasted', async () => {
		const id = idOf('form-to-lead.json');
		await lab.server.rest.activate(id);
		const workflow = await lab.server.rest.send('GET', `/workflows/${id}`);
		const trigger = listAt(workflow, 'nodes').find((node) => dig(node, 'name') === 'Photo Form');
		const address = `${lab.server.address}/form/${textAt(trigger, 'webhookId')}`;
		// n8n answers that a workflow is active a moment before its form can be opened.
		await until('the form to open', async () => (await fetch(address)).ok, 20_000);
		assert.match(await (await fetch(address)).text(), /Photo for a lead/);
		const lead = lab.zoho.records.add('Leads');
		const form = new FormData();
		form.append('field-0', `https://crm.zoho.com/crm/org60000000000/tab/Leads/${lead}`);
		form.append('field-1', new Blob([new Uint8Array(jpegNumber(5))], { type: 'image/jpeg' }), 'me.jpg');
		const answer = await fetch(address, { method: 'POST', body: form });
		assert.equal(answer.status, 200, await answer.text());
		await until('the photo to arrive', () => stored('Leads', lead) !== undefined, 20_000);
		assert.deepEqual(stored('Leads', lead), jpegNumber(5));
		const [execution = ''] = await executionsOf(lab.server.rest, id);
		const { items } = await ended(lab.server.rest, execution);
		assert.equal(items(PHOTO)[0]?.[0]?.json.code, 'SUCCESS');
	});
});
