import assert from 'node:assert/strict';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Editor } from '../browser/editor.cts';
import { addExampleRecords, EXAMPLES, examplePhotos, readExample } from '../examples.cts';
import { openLab, type Lab } from '../lab.cts';
import { addCredential } from '../server/connect.cts';
import { chain, manualTrigger, PHOTO, photoNode, readFiles, idByFileName } from '../workflows.cts';

/** What the node asks Zoho for at a time. */
const RECORDS_A_PAGE = 200;

describe('the editor', () => {
	let lab: Lab;
	let editor: Editor;
	let files: string;

	before(async () => {
		lab = await openLab();
		files = path.join(lab.folder, 'home', 'files');
		await cp(path.join(EXAMPLES, 'photos'), path.join(files, 'photos'), {
			recursive: true,
			filter: (file) => !file.endsWith('.sh'),
		});
		addExampleRecords(lab.emulator);
		lab.zoho.records.addMany('Vendors', 450);
		editor = await Editor.open(lab);
	});
	after(async () => {
		await editor?.close();
		await lab?.close();
	});

	const openExample = async (onError?: string): Promise<void> => {
		const example = await readExample('folder-to-leads.json', { credentialId: lab.credentialId, files });
		const nodes = example.nodes.map((node) =>
			node.name === PHOTO && onError !== undefined ? { ...node, onError } : node,
		);
		const id = await lab.server.rest.addWorkflow({ ...example, nodes });
		await editor.openWorkflow(id);
		await editor.node(PHOTO).waitFor();
		await editor.by('zoom-to-fit').click();
	};

	it('finds the node by what people call it', async () => {
		await editor.openWorkflow('new');
		for (const word of ['zoho', 'photo', 'record image', 'avatar']) await editor.searchNode(word);
		await editor.searchNode('zoho');
		await editor.keep('search');
		await editor.page.emulateMedia({ colorScheme: 'dark' });
		await editor.keep('search-dark');
		await editor.page.emulateMedia({ colorScheme: 'light' });
	});

	it('offers its three operations', async () => {
		await editor.page.getByText(PHOTO, { exact: true }).first().click();
		await editor.page.getByText('Upload photo', { exact: true }).waitFor();
		const actions = await editor.by('node-creator-item-name').allInnerTexts();
		for (const action of ['Delete photo', 'Download photo', 'Upload photo'])
			assert.ok(actions.includes(action), action);
		await editor.keep('actions');
	});

	it('opens a panel that asks for what the node needs', async () => {
		await editor.page.getByText('Upload photo', { exact: true }).click();
		await editor.by('ndv').waitFor();
		await editor.by('parameter-input-binaryPropertyName').waitFor();
		const panel = (await editor.by('ndv').innerText()).replace(/\s+/g, ' ');
		const labels = ['Credential', 'Operation', 'Module', 'Record', 'Photo Source', 'Input Binary Field', 'Options'];
		const places = labels.map((label) => panel.indexOf(label));
		assert.ok(!places.includes(-1), panel);
		assert.deepEqual(
			places,
			[...places].sort((one, other) => one - other),
			'their order',
		);
		await editor.keep('panel');
	});

	it('lists modules under the labels of the org, and searches them', async () => {
		const entries = await editor.openList('module');
		const modules = await entries.allInnerTexts();
		await editor.keep('modules');
		assert.deepEqual([...modules].sort(), [
			'Animals (Pets)',
			'Companies (Accounts)',
			'Contacts',
			'Deals',
			'Leads',
			'Products',
			'Vendors',
		]);
		assert.deepEqual(await editor.searchList('module', 'vend'), ['Vendors']);
		await entries.first().click();
	});

	it('lists records, goes on where a page ends, and searches them all', async () => {
		const entries = await editor.openList('recordId');
		// A slow editor asks for the second page by itself before anybody looks.
		const end = Date.now() + 60_000;
		while ((await entries.count()) <= RECORDS_A_PAGE && Date.now() < end) {
			await entries.last().scrollIntoViewIfNeeded();
			await editor.page.waitForTimeout(200);
		}
		const names = await entries.allInnerTexts();
		assert.ok(names.length > RECORDS_A_PAGE, `${names.length} after scrolling`);
		assert.equal(new Set(names).size, names.length, 'no record twice');
		const name = 'Person 420';
		assert.deepEqual(await editor.searchList('recordId', name), [`${name} (person.420@zylker.example)`]);
		await entries.first().click();
		await editor.page.keyboard.press('Escape');
	});

	it('shows the record list of leads, and links the chosen record', async () => {
		await openExample();
		await editor.openWorkflow('new');
		await editor.searchNode('zoho crm photo');
		await editor.page.getByText(PHOTO, { exact: true }).first().click();
		await editor.page.getByText('Upload photo', { exact: true }).click();
		const entries = await editor.openList('recordId');
		await editor.keep('records');
		assert.ok((await editor.searchList('recordId', 'lovelace')).some((text) => text.startsWith('Ada Lovelace (')));
		await entries.first().click();
		await editor.by('rlc-open-resource-link').waitFor();
	});

	it('offers the options', async () => {
		await editor.by('collection-parameter-add').click();
		const list = editor.page.locator('.el-select-dropdown__item:visible');
		await list.first().waitFor();
		const options = await list.allInnerTexts();
		for (const option of ['If Zoho CRM Would Not Take the Photo', 'If the Record Has a Photo', 'Parallel Uploads']) {
			assert.ok(options.includes(option), options.join());
		}
		await editor.keep('options');
		await editor.page.keyboard.press('Escape');
	});

	it('runs a workflow whose failures go down the error branch, with a sentence above the output', async () => {
		await openExample();
		await editor.keep('canvas-before');
		await editor.execute();
		await editor.keep('canvas');
		await editor.openNode();
		await editor.page.getByText(/Error Branch/).waitFor();
		const text = await editor.outputText();
		assert.match(text, /6 of 7 photos uploaded, 1 not uploaded: not a picture/);
		assert.match(text, /Success Branch \(6 items\)/);
		assert.match(text, /Error Branch \(1 item\)/);
		assert.match(text, /photo uploaded successfully/);
		await editor.keep('output');
		await editor.page.getByText(/Error Branch/).click();
		const failures = await editor.outputText();
		assert.equal(failures.match(/The file is a web page \("Sign in to your drive"\), not an image/g)?.length, 1);
		assert.match(failures, /\[item \d\]/);
		assert.doesNotMatch(failures, /\[item \d\] \[item \d\]/);
		await editor.keep('error-branch');
		await editor.by('output-panel').locator('[data-test-id="radio-button-json"]').click();
		await editor.keep('error-branch-json');
		for (const file of examplePhotos.slice(0, 4)) {
			const stored = lab.zoho.photos.get('Leads', file.split('-')[0] ?? '');
			assert.deepEqual(stored?.bytes, await readFile(path.join(EXAMPLES, 'photos', file)), file);
		}
		assert.equal(lab.zoho.photos.count, 6);
	});

	it('shows a failure with its item, once, and with what to do', async () => {
		await openExample('stopWorkflow');
		await editor.execute();
		await editor.openNode();
		const message = await editor.by('node-error-message').innerText();
		assert.match(message, /^The file is a web page \("Sign in to your drive"\), not an image \[item 5\]$/);
		assert.match(await editor.by('node-error-description').innerText(), /\w/);
		await editor.keep('error');
	});

	it('shows the refusal of Zoho in words', async () => {
		const locked = lab.zoho.records.magicId('locked');
		const folder = path.join(files, 'locked');
		const photo = path.join(EXAMPLES, 'photos', examplePhotos[0] ?? '');
		await cp(photo, path.join(folder, '3000000038009-ada.jpg'));
		await cp(photo, path.join(folder, `${locked}-ada.jpg`));
		const id = await lab.server.rest.addWorkflow(
			chain('Locked', [manualTrigger, readFiles(`${folder}/*`), idByFileName, photoNode(lab.credentialId)]),
		);
		await editor.openWorkflow(id);
		await editor.execute();
		await editor.openNode();
		assert.match(await editor.by('node-error-message').innerText(), /locked in Zoho CRM \[item 1\]$/);
		await editor.keep('error-zoho');
	});

	it('connects a credential by the pop-up, in Europe', async () => {
		const credentialId = await addCredential(lab.server.rest, { dataCenter: 'zoho.eu', name: 'Zoho Europe' });
		const id = await lab.server.rest.addWorkflow(chain('Connect', [manualTrigger, photoNode(credentialId)]));
		await editor.openWorkflow(id);
		await editor.openNode();
		await editor.by('credential-edit-button').click();
		await editor.by('editCredential-modal').waitFor();
		await editor.by('quick-connect-button').waitFor();
		await editor.keep('credential-before');
		await editor.by('parameter-input-dataCenter').locator('input').first().click();
		const europe = editor.page.locator('.el-select-dropdown__item:visible', { hasText: 'Europe (EU)' });
		await europe.waitFor();
		await editor.keep('credential-data-center');
		await europe.click();
		await editor.connectInPopUp();
		await editor.by('oauth-connect-success-banner').waitFor();
		assert.match(await editor.by('oauth-connect-success-banner').innerText(), /Account connected/);
		await editor.keep('credential');
		await editor.by('parameter-input-customScopes').scrollIntoViewIfNeeded();
		assert.match(await editor.by('editCredential-modal').innerText(), /Data Center[^]*Custom Scopes/);
		assert.deepEqual(
			lab.zoho.tokenCalls.slice(-1).map(({ host, grantType, outcome }) => ({ host, grantType, outcome })),
			[{ host: 'accounts.zoho.eu', grantType: 'authorization_code', outcome: 'ok' }],
		);
	});

	it('reads well in the dark', async () => {
		await editor.page.emulateMedia({ colorScheme: 'dark' });
		await openExample();
		await editor.execute();
		await editor.keep('canvas-dark');
		await editor.openNode();
		await editor.page.getByText(/Error Branch/).click();
		await editor.keep('error-branch-dark');
	});
});
