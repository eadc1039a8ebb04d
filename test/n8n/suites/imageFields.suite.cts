import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Editor } from '../browser/editor.cts';
import { readExample } from '../examples.cts';
import { sendForm } from '../formVisit.cts';
import { dig } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { jpegNumber, sha256 } from '../photos.cts';
import { addCredential, connect } from '../server/connect.cts';
import { runWorkflow } from '../server/executions.cts';
import { chain, code, MANUAL, manualTrigger, PHOTO, photoNode } from '../workflows.cts';

/** A HEIC as phones write them. */
const PHONE_PHOTO = path.join(__dirname, '../../photo/decode/fixtures/heic/main.heic');
const FIELD = 'Damage';

describe('image fields', () => {
	let lab: Lab;
	let credentialId: string;
	let form: string;
	let deal: string;

	before(async () => {
		lab = await openLab();
		credentialId = await addCredential(lab.server.rest, { imageFields: true, name: 'Zoho account with image fields' });
		await connect(lab.emulator, lab.server.rest, credentialId);
		form = await lab.server.rest.addWorkflow({
			...(await readExample('form-to-image-field.json', { credentialId, files: lab.folder })),
		});
		deal = lab.zoho.records.add('Deals');
	});
	after(async () => await lab?.close());

	const held = () => lab.zoho.imageFields.images('Deals', deal, FIELD);
	const file = (bytes: Buffer, name: string, type = 'image/jpeg'): File =>
		new File([new Uint8Array(bytes)], name, { type });
	const visit = async (...pictures: File[]): Promise<string> =>
		await sendForm(lab, form, 'Pictures Form', [
			`https://crm.zoho.com/crm/org60000000000/tab/Potentials/${deal}`,
			pictures,
		]);
	/** Runs an operation on the images of the deal, of which one item comes in. */
	const run = async (operation: string, parameters: object = {}) => {
		const node = photoNode(credentialId, {
			parameters: {
				...{ resource: 'imageField', operation, module: { __rl: true, mode: 'name', value: 'Deals' } },
				...{ imageField: { __rl: true, mode: 'name', value: FIELD }, ...parameters },
			},
		});
		const item = code('Deal', `return [{ json: { id: '${deal}' } }];`);
		const id = await lab.server.rest.addWorkflow(chain(operation, [manualTrigger, item, node]));
		return await runWorkflow(lab.server.rest, id, MANUAL);
	};

	it('form-to-image-field: the pictures of a form arrive in the order of their names, a phone’s HEIC made to fit', async () => {
		const page = await visit(
			file(jpegNumber(3), 'window.jpg'),
			file(await readFile(PHONE_PHOTO), 'IMG_0001.HEIC', 'image/heic'),
			file(jpegNumber(1), 'bumper.jpg'),
		);
		assert.match(page, /3 of your pictures are in Zoho CRM now; the deal has 3/);
		assert.deepEqual(
			held().map(({ fileName }) => fileName),
			['bumper.jpg', 'IMG_0001.jpg', 'window.jpg'],
		);
		assert.deepEqual(held()[0]?.bytes, jpegNumber(1));
		assert.equal(held()[1]?.mimeType, 'image/jpeg');
	});

	it('form-to-image-field: one bad picture of two stops both, and the visitor is told which', async () => {
		const page = await visit(file(jpegNumber(4), 'side.jpg'), file(Buffer.from('no picture'), 'letter.jpg'));
		assert.match(page, /The pictures were not taken/);
		assert.match(page, /Pictures_[01]' \('letter\.jpg'\): .*not an image/);
		assert.equal(held().length, 3);
	});

	it('form-to-image-field: more pictures than the field has room for are told before any is sent', async () => {
		lab.zoho.clearLog();
		const page = await visit(...[5, 6, 7].map((number) => file(jpegNumber(number), `more-${number}.jpg`)));
		assert.match(page, /The pictures were not taken/);
		assert.match(page, /at most 5|takes 5|5 images/);
		assert.deepEqual(
			lab.zoho.calls.filter(({ path: called }) => called.endsWith('/files')),
			[],
		);
		assert.equal(held().length, 3);
	});

	it('has an image once whose answer was lost', async () => {
		lab.zoho.faults.add({ when: { method: 'PUT', times: 1 }, answer: { kind: 'reset', at: 'answer' } });
		const page = await visit(file(jpegNumber(8), 'lost.jpg'));
		assert.match(page, /Thank you/);
		assert.deepEqual(
			held().map(({ fileName }) => fileName),
			['bumper.jpg', 'IMG_0001.jpg', 'window.jpg', 'lost.jpg'],
		);
	});

	it('downloads all images of the field into binary fields', async () => {
		const { status, error, items } = await run('download');
		assert.equal(status, 'success', JSON.stringify(error));
		const [item] = items(PHOTO)[0] ?? [];
		assert.deepEqual(Object.keys(item?.binary ?? {}), ['data', 'data_1', 'data_2', 'data_3']);
		assert.equal(dig(item?.binary, 'data', 'fileName'), 'bumper.jpg');
		const id = encodeURIComponent(String(dig(item?.binary, 'data', 'id')));
		const { address, rest } = lab.server;
		const answer = await fetch(`${address}/rest/binary-data?id=${id}&action=view&mimeType=image/jpeg`, {
			headers: { cookie: rest.cookie },
		});
		assert.equal(sha256(Buffer.from(await answer.arrayBuffer())), sha256(jpegNumber(1)));
	});

	it('names the credential’s switch where the scopes are missing', async () => {
		const node = photoNode(lab.credentialId, {
			onError: 'continueErrorOutput',
			parameters: {
				...{ resource: 'imageField', operation: 'delete', module: { __rl: true, mode: 'name', value: 'Deals' } },
				imageField: { __rl: true, mode: 'name', value: FIELD },
			},
		});
		const item = code('Deal', `return [{ json: { id: '${deal}' } }];`);
		const id = await lab.server.rest.addWorkflow(chain('Without scopes', [manualTrigger, item, node]));
		const { items } = await runWorkflow(lab.server.rest, id, MANUAL);
		const [refused] = items(PHOTO)[1] ?? [];
		assert.equal(dig(refused?.json, 'error', 'code'), 'OAUTH_SCOPE_MISMATCH');
		assert.match(String(dig(refused?.json, 'error', 'description')), /Image Fields/);
	});

	it('deletes the images that are named, and then the rest; a field without images is no failure', async () => {
		const some = await run('delete', { whichImages: 'numbers', imageNumbers: '2' });
		assert.equal(some.status, 'success', JSON.stringify(some.error));
		assert.deepEqual(
			held().map(({ fileName }) => fileName),
			['bumper.jpg', 'window.jpg', 'lost.jpg'],
		);
		for (const left of [0, 0]) {
			const { status, error } = await run('delete');
			assert.equal(status, 'success', JSON.stringify(error));
			assert.equal(held().length, left);
		}
	});

	it('lists the fields of a module with label and room in the editor', async () => {
		const editor = await Editor.open(lab);
		try {
			const node = photoNode(credentialId, {
				parameters: {
					...{ resource: 'imageField', operation: 'upload', module: { __rl: true, mode: 'list', value: 'Deals' } },
					imageField: { __rl: true, mode: 'list', value: '' },
				},
			});
			const id = await lab.server.rest.addWorkflow(chain('Panel', [manualTrigger, node]));
			await editor.openWorkflow(id);
			await editor.node(PHOTO).waitFor();
			await editor.by('zoom-to-fit').click();
			await editor.openNode();
			const entries = await editor.openList('imageField');
			const fields = await entries.allInnerTexts();
			assert.equal(fields.length, 1, fields.join());
			assert.match(fields[0] ?? '', /Damage.*5/);
			await editor.keep('image-fields');
			await entries.first().click();
			await editor.keep('image-fields-panel');
		} finally {
			await editor.close();
		}
	});
});
