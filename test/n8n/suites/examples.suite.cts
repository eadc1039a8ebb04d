import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

import { exampleFiles, EXAMPLES, examplePhotos, prepareExamples, readExample } from '../examples.cts';
import { sendForm, type FormField } from '../formVisit.cts';
import { dig, listAt, textAt } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { jpegNumber } from '../photos.cts';
import { addZohoCredential, connect } from '../server/connect.cts';
import { ended, executionsOf, runWorkflow } from '../server/executions.cts';
import { until } from '../server/process.cts';

/** Products of the examples. */
const [ANVIL, LAMP, WIRE] = ['3409643000000900301', '3409643000000900302', '3409643000000900303'];
const TRIGGER = 'When clicking ‘Execute workflow’';

describe('the example workflows, imported by n8n’s command line', () => {
	let lab: Lab;
	let files: string;
	let zohoCredentialId: string;
	const ids = new Map<string, string>();

	const photo = async (file: string | undefined): Promise<Buffer> =>
		await readFile(path.join(EXAMPLES, 'photos', file ?? ''));
	const idOf = (file: string): string => ids.get(file) ?? '';
	const stored = (module: string, id: string): Buffer | undefined => lab.zoho.photos.get(module, id)?.bytes;

	before(async () => {
		lab = await openLab();
		files = path.join(lab.folder, 'home', 'files');
		await mkdir(files, { recursive: true });
		await prepareExamples(lab.emulator, files);
		zohoCredentialId = await addZohoCredential(lab.server.rest);
		await connect(lab.emulator, lab.server.rest, zohoCredentialId);
	});
	after(async () => await lab?.close());

	it('are all taken, and n8n knows every node in them', async () => {
		const workflows = await Promise.all(
			exampleFiles.map(async (file, place) => {
				const id = `exampleWorkflow${place}`;
				ids.set(file, id);
				const example = await readExample(file, { credentialId: lab.credentialId, zohoCredentialId, files });
				return { id, active: false, versionId: `00000000-0000-4000-8000-0000000000${10 + place}`, ...example };
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

	it('folder-to-leads: run by the command line, six photos arrive, two of them made to fit, and one comes out of the error branch', async () => {
		await lab.server.command('execute', `--id=${idOf('folder-to-leads.json')}`, '--rawOutput');
		for (const file of examplePhotos.slice(0, 4)) {
			assert.deepEqual(stored('Leads', file.split('-')[0] ?? ''), await photo(file), file);
		}
		assert.ok(
			stored('Leads', '3409643000000900007')
				?.subarray(0, 2)
				.equals(Buffer.from([0xff, 0xd8])),
			'the WebP',
		);
		const [execution = ''] = await executionsOf(lab.server.rest, idOf('folder-to-leads.json'));
		const { items } = await ended(lab.server.rest, execution);
		assert.equal(items('Uploaded')[0]?.length, 6);
		assert.deepEqual(
			items('Not Uploaded')[0]
				?.map(({ json }) => dig(json, 'error', 'code'))
				.sort(),
			['NOT_AN_IMAGE'],
		);
	});

	it('image-urls-to-products: images from the web arrive, the report names the rest', async () => {
		const { status, error } = await runWorkflow(lab.server.rest, idOf('image-urls-to-products.json'), TRIGGER);
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(stored('Products', LAMP), await photo(examplePhotos[0]));
		assert.equal(lab.zoho.photos.get('Products', ANVIL)?.mimeType, 'image/jpeg');
		assert.equal(stored('Products', WIRE), undefined);
		const report = await readFile(path.join(files, 'not-uploaded.csv'), 'utf8');
		assert.match(report, new RegExp(`${WIRE}.*https://shop\\.example/images/gone\\.jpg.*404`));
		assert.doesNotMatch(report, new RegExp(LAMP));
	});

	it('price-list-to-products: products are found by code, those with a photo keep it, the rest is told', async () => {
		const id = idOf('price-list-to-products.json');
		const { status, error, items } = await runWorkflow(lab.server.rest, id, 'Every Night');
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(
			items('Done')[0]?.map(({ json }) => json.code),
			['SKIPPED', 'SKIPPED'],
		);
		assert.deepEqual(
			items('Look At')[0]?.map(({ json }) => dig(json, 'error', 'code')),
			['RECORD_NOT_FOUND'],
		);
	});

	it('shop-pictures-to-products: a WebP of the shop becomes the photo of the product with its code', async () => {
		const id = idOf('shop-pictures-to-products.json');
		const { status, error, items } = await runWorkflow(lab.server.rest, id, TRIGGER);
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(
			items('Uploaded')[0]?.map(({ json }) => [json.recordId, json.code]),
			[
				[ANVIL, 'SKIPPED'],
				[LAMP, 'SKIPPED'],
				[WIRE, 'SUCCESS'],
			],
		);
		assert.equal(lab.zoho.photos.get('Products', WIRE)?.mimeType, 'image/jpeg');
		assert.deepEqual(
			items('Not Uploaded')[0]?.map(({ json }) => dig(json, 'error', 'recordId')),
			['sold-out'],
		);
	});

	it('copy-contact-photo-to-account: the photo arrives unchanged', async () => {
		const { status, error } = await runWorkflow(lab.server.rest, idOf('copy-contact-photo-to-account.json'), TRIGGER);
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(stored('Accounts', '3409643000000900201'), await photo(examplePhotos[1]));
	});

	it('resize-then-upload: Edit Image makes a too large photo fit, and what it cannot read stops nobody', async () => {
		const { status, error, items } = await runWorkflow(lab.server.rest, idOf('resize-then-upload.json'), TRIGGER);
		const words = JSON.stringify([error, items('Not Resized')[0]?.map(({ json }) => json)]) ?? '';
		const hint = /gm|GraphicsMagick/.test(words)
			? 'Edit Image needs GraphicsMagick: apt-get install graphicsmagick. '
			: '';
		assert.equal(status, 'success', hint + words);
		const hedy = examplePhotos.find((file) => file.includes('hedy')) ?? '';
		const photoStored = lab.zoho.photos.get('Leads', hedy.split('-')[0] ?? '');
		assert.equal(photoStored?.mimeType, 'image/jpeg', hint + words);
		assert.deepEqual([photoStored?.width, photoStored?.height], [2025, 2700]);
		assert.equal(items('Not Resized')[0]?.length, 1, words);
	});

	const lastPage = async (file: string, trigger: string, fields: readonly FormField[]): Promise<string> =>
		await sendForm(lab, idOf(file), trigger, fields);

	const jpeg = (bytes: Buffer): File => new File([new Uint8Array(bytes)], 'me.jpg', { type: 'image/jpeg' });

	it('form-to-lead: the visitor sees what came of it: the photo of the lead whose address was pasted, or the reason', async () => {
		const lead = lab.zoho.records.add('Leads');
		const address = `https://crm.zoho.com/crm/org60000000000/tab/Leads/${lead}`;
		const thanks = await lastPage('form-to-lead.json', 'Photo Form', [address, jpeg(jpegNumber(5))]);
		assert.match(thanks, /Thank you/);
		assert.deepEqual(stored('Leads', lead), jpegNumber(5));
		const refused = await lastPage('form-to-lead.json', 'Photo Form', [address, jpeg(Buffer.from('no picture'))]);
		assert.match(refused, /The photo was not taken/);
		assert.match(refused, /not an image/);
		assert.deepEqual(stored('Leads', lead), jpegNumber(5));
	});

	it('form-to-lead: an iPhone’s HEIC becomes a JPEG that another program shows', async () => {
		const lead = lab.zoho.records.add('Leads');
		const heic = new Uint8Array(await readFile(path.join(EXAMPLES, '../demo/photos/3409643000000900008-dorothy.heic')));
		const thanks = await lastPage('form-to-lead.json', 'Photo Form', [
			`https://crm.zoho.com/crm/org60000000000/tab/Leads/${lead}`,
			new File([heic], 'IMG_0001.HEIC', { type: 'image/heic' }),
		]);
		assert.match(thanks, /Thank you/);
		const made = lab.zoho.photos.get('Leads', lead);
		assert.deepEqual([made?.fileName, made?.mimeType], ['IMG_0001.jpg', 'image/jpeg']);
		const seen = path.join(lab.folder, 'seen.jpg');
		await writeFile(seen, made?.bytes ?? Buffer.alloc(0));
		const { stdout } = await promisify(execFile)('identify', ['-format', '%m %w x %h', seen]);
		assert.equal(stdout, 'JPEG 1512 x 2016');
	});

	it('new-lead-with-photo: n8n’s own Zoho CRM node makes the lead, and the photo is put on it', async () => {
		const page = await lastPage('new-lead-with-photo.json', 'New Lead Form', [
			'Mae Jemison',
			'NASA',
			jpeg(jpegNumber(8)),
		]);
		assert.match(page, /with its photo/);
		const { records } = lab.zoho;
		const made = records.ids('Leads').filter((id) => records.get('Leads', id)?.name === 'Mae Jemison');
		assert.equal(made.length, 1);
		assert.deepEqual(stored('Leads', made[0] ?? ''), jpegNumber(8));
	});

	it('zoho-crm-calls-n8n: calls of a workflow rule, one record each, at the same time', async () => {
		const id = idOf('zoho-crm-calls-n8n.json');
		await lab.server.rest.activate(id);
		const leads = lab.zoho.records.addMany('Leads', 5);
		const call = async (lead: string): Promise<Response> =>
			await fetch(`${lab.server.address}/webhook/zoho-crm-photo`, {
				method: 'POST',
				body: new URLSearchParams({ record_id: lead, photo_url: 'https://shop.example/images/lamp.jpg' }),
			});
		await until('the webhook to open', async () => (await call(leads[0] ?? '')).ok, 20_000);
		for (const answer of await Promise.all(leads.slice(1).map(call))) assert.equal(answer.status, 200);
		const lamp = await photo(examplePhotos[0]);
		await until('the photos', () => leads.every((lead) => stored('Leads', lead) !== undefined), 30_000);
		for (const lead of leads) assert.deepEqual(stored('Leads', lead), lamp);
	});
});
