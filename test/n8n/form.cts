import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Editor } from './browser/editor.cts';
import type { N8nVersion } from './install/versions.cts';
import { openLab, type Lab } from './lab.cts';
import { addCredential } from './server/connect.cts';
import { chain, manualTrigger, PHOTO, photoNode } from './workflows.cts';

const EMAILS = ['ada@zylker.example', 'ada.lovelace@relay.example'] as const;

/** Tests of the node's and the credential's forms, as somebody sees them who uses the editor of one n8n. */
export function describeForm(version: N8nVersion): void {
	describe(`the form in the editor of n8n ${version.name}`, () => {
		let lab: Lab;
		let editor: Editor;
		let twins: string[];

		before(async () => {
			lab = await openLab({ version });
			twins = EMAILS.map((Email) => lab.zoho.records.add('Leads', { name: 'Ada Lovelace', fields: { Email } }));
			editor = await Editor.open(lab);
		});
		after(async () => {
			await editor?.close();
			await lab?.close();
		});

		const keep = async (name: string): Promise<void> => await editor.keep(`form-${name}-${version.name}`);
		const openPanel = async (parameters: object, credentialId = lab.credentialId): Promise<void> => {
			const node = photoNode(credentialId, { parameters });
			await editor.openWorkflow(await lab.server.rest.addWorkflow(chain('Form', [manualTrigger, node])));
			await editor.node(PHOTO).waitFor();
			await editor.by('zoom-to-fit').click();
			await editor.openNode();
			await editor.by('parameter-input-operation').waitFor();
		};
		const picked = (value: string): object => ({ __rl: true, mode: 'list', value });
		const given = (mode: string, value: string): object => ({ __rl: true, mode, value });
		const chooseModule = async (word: string): Promise<void> => {
			const entries = await editor.openList('module');
			await editor.searchList('module', word);
			await entries.first().click();
		};

		it('is found by what people call it', async () => {
			await editor.openWorkflow('new');
			for (const word of [
				'upload image',
				'profile picture',
				'attach photo',
				'headshot',
				'logo',
				'thumbnail',
				'avatar',
			]) {
				await editor.searchNode(word);
			}
			await keep('search');
		});

		it('offers the upload first', async () => {
			await editor.searchNode('zoho crm photo');
			await editor.page.getByText(PHOTO, { exact: true }).first().click();
			await editor.page.getByText('Upload photo', { exact: true }).waitFor();
			const actions = await editor.by('node-creator-item-name').allInnerTexts();
			assert.deepEqual(
				actions.filter((action) => / photo$/.test(action)),
				['Upload photo', 'Download photo', 'Delete photo'],
			);
			await keep('actions');
			await editor.page.getByText('Upload photo', { exact: true }).click();
			await editor.by('ndv').waitFor();
			await editor.by('parameter-input-operation').locator('input').first().click();
			const operations = editor.page.locator('.el-select-dropdown__item:visible');
			await operations.first().waitFor();
			// n8n adds an entry of its own for calls that a node has not.
			const names = (await operations.allInnerTexts()).map((text) => text.split('\n')[0]);
			assert.deepEqual(names.slice(0, 3), ['Upload Photo', 'Download Photo', 'Delete Photo']);
			await keep('operations');
			await editor.page.keyboard.press('Escape');
		});

		it('tells records of one name apart, and finds them by e-mail address and id', async () => {
			await openPanel({ module: picked('Leads'), recordId: picked('') });
			await editor.openList('recordId');
			const names = await editor.searchList('recordId', 'ada lovelace');
			for (const email of EMAILS) assert.ok(names.includes(`Ada Lovelace (${email})`), names.join());
			await keep('records');
			assert.deepEqual(await editor.searchList('recordId', EMAILS[1]), [`Ada Lovelace (${EMAILS[1]})`]);
			const found = await editor.typeIntoList('recordId', twins[0] ?? '');
			await found.filter({ hasText: EMAILS[0] }).click();
			assert.equal(await editor.locatorValue('recordId'), `Ada Lovelace (${EMAILS[0]})`);
			await editor
				.by('rlc-open-resource-link')
				.waitFor({ timeout: 2000 })
				.catch(() => undefined);
		});

		it('clears the chosen record when the module changes', async () => {
			await chooseModule('vend');
			await editor.page.waitForTimeout(500);
			assert.equal(await editor.locatorValue('recordId'), '');
			await keep('cleared');
		});

		it('keeps a typed id and an expression when the module changes', async () => {
			await openPanel({ module: picked('Leads'), recordId: given('id', '3000000038009') });
			await chooseModule('vend');
			await editor.page.waitForTimeout(500);
			assert.equal(await editor.locatorValue('recordId'), '3000000038009');
			await keep('kept-id');
			await openPanel({ module: picked('Leads'), recordId: given('id', '={{ $json.id }}') });
			await chooseModule('vend');
			await editor.page.waitForTimeout(500);
			assert.match(await editor.by('resource-locator-recordId').innerText(), /\$json\.id/);
			await keep('kept-expression');
		});

		it('says why there is no list of records, and what to do', async () => {
			await openPanel({ module: given('name', '={{ $json.nothing }}'), recordId: picked('') });
			const told = await editor.openRefusedList('recordId');
			assert.match(told, /'Module' gives no name/);
			assert.match(told, /execute the nodes before.*give the record by 'ID' or 'URL'/);
			await keep('list-no-module');
			const credentialId = await addCredential(lab.server.rest, { name: 'Never connected' });
			await openPanel({ module: picked('Leads'), recordId: picked('') }, credentialId);
			const refused = await editor.openRefusedList('recordId');
			assert.match(refused, /not connected/);
			assert.ok(await editor.by('permission-error-link').isVisible(), refused);
			await keep('list-not-connected');
		});

		it('says when an address leads to a record of another module', async () => {
			const url = 'https://crm.zoho.com/crm/org7/tab/Contacts/3000000038009';
			await openPanel({ module: picked('Leads'), recordId: given('url', url) });
			await editor.page
				.getByText(/belongs to a record of another module/)
				.first()
				.waitFor();
			await keep('other-module');
			await openPanel({ module: picked('Contacts'), recordId: given('url', url) });
			assert.equal(await editor.page.getByText(/belongs to a record of another module/).count(), 0);
		});

		it('has a subtitle, whatever gives the module', async () => {
			for (const [name, module, subtitle] of [
				['chosen', picked('Contacts'), 'Upload Photo: Contacts'],
				['expression', given('name', '={{ $json.module }}'), 'Upload Photo'],
			] as const) {
				await openPanel({ module });
				await keep(`module-${name}`);
				await editor.page.keyboard.press('Escape');
				await editor.by('ndv').waitFor({ state: 'hidden' });
				const text = await editor.node(PHOTO).innerText();
				assert.equal(text.split('\n').at(-1)?.trim(), subtitle, text);
				await keep(`canvas-${name}`);
			}
		});

		it('has a credential that speaks as people do', async () => {
			await openPanel({});
			await editor.by('credential-edit-button').click();
			await editor.by('editCredential-modal').waitFor();
			const form = editor.by('editCredential-modal');
			await editor.by('parameter-input-dataCenter').waitFor();
			assert.match(await form.innerText(), /crm\.zoho\.eu is Europe/);
			await editor.by('parameter-input-dataCenter').locator('input').first().click();
			const centers = editor.page.locator('.el-select-dropdown__item:visible');
			await centers.first().waitFor();
			assert.doesNotMatch((await centers.allInnerTexts()).join(' '), /confirmed/i);
			await keep('data-centers');
			await editor.page.keyboard.press('Escape');
		});

		it('shows the scopes one in a line, and when a change counts', async () => {
			const credentialId = await addCredential(lab.server.rest, { name: 'Scopes', enabledScopes: 'A.b.C' });
			await openPanel({}, credentialId);
			await editor.by('credential-edit-button').click();
			await editor.by('editCredential-modal').waitFor();
			const scopes = editor.by('parameter-input-enabledScopes').locator('textarea').first();
			await scopes.waitFor();
			await scopes.scrollIntoViewIfNeeded();
			assert.match(await editor.by('editCredential-modal').innerText(), /counts from the next connection on/);
			await keep('scopes');
		});
	});
}
