import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { openLab, type Lab } from '../lab.cts';
import { jpegNumber, writeFiles } from '../photos.cts';
import { addCredential, connect, consentUrl, type CredentialChoice } from '../server/connect.cts';
import { runWorkflow } from '../server/executions.cts';
import { chain, idByFileName, MANUAL, manualTrigger, PHOTO, photoNode, readFiles } from '../workflows.cts';

/** What the node asks for unless told otherwise: the order is the credential's. */
const SCOPES = [
	'ZohoCRM.modules.CREATE',
	'ZohoCRM.modules.READ',
	'ZohoCRM.modules.DELETE',
	'ZohoCRM.coql.READ',
	'ZohoCRM.settings.modules.READ',
	'ZohoSearch.securesearch.READ',
].join(',');

for (const engine of ['vm', 'legacy']) {
	describe(`the OAuth2 connection, with n8n's expression engine "${engine}"`, () => {
		let lab: Lab;

		before(async () => {
			lab = await openLab({ env: { N8N_EXPRESSION_ENGINE: engine } });
		});
		after(async () => await lab?.close());

		const uploadOne = async (credentialId: string, record: string, number: number): Promise<void> => {
			const folder = path.join(lab.folder, 'home', `photos-${number}`);
			await writeFiles(folder, { [`${record}-a.jpg`]: jpegNumber(number) });
			const workflowId = await lab.server.rest.addWorkflow(
				chain('One photo', [manualTrigger, readFiles(`${folder}/*`), idByFileName, photoNode(credentialId)]),
			);
			const { status, error, items } = await runWorkflow(lab.server.rest, workflowId, MANUAL);
			assert.equal(status, 'success', JSON.stringify(error));
			assert.equal(items(PHOTO)[0]?.[0]?.json.code, 'SUCCESS');
			assert.deepEqual(lab.zoho.photos.get('Leads', record)?.bytes, jpegNumber(number));
		};

		for (const { dataCenter, location, api } of [
			{ dataCenter: 'zoho.com', location: 'us', api: 'www.zohoapis.com' },
			{ dataCenter: 'zoho.eu', location: 'eu', api: 'www.zohoapis.eu' },
		]) {
			it(`leads to accounts.${dataCenter}, and photos go to ${api}`, async () => {
				const { rest } = lab.server;
				const credentialId = await addCredential(rest, { dataCenter, name: dataCenter });
				const asked = await consentUrl(rest, credentialId);
				assert.equal(`${asked.origin}${asked.pathname}`, `https://accounts.${dataCenter}/oauth/v2/auth`);
				assert.equal(asked.searchParams.get('scope'), SCOPES);
				assert.equal(asked.searchParams.get('access_type'), 'offline');
				assert.equal(asked.searchParams.get('prompt'), 'consent');
				await connect(lab.emulator, rest, credentialId);
				const record = lab.zoho.records.add('Leads', { dataCenter: location });
				const before = lab.zoho.calls.length;
				await uploadOne(credentialId, record, location === 'us' ? 1 : 2);
				const hosts = new Set(lab.zoho.calls.slice(before).map(({ host }) => host));
				assert.deepEqual([...hosts], [api]);
			});
		}

		it('asks for the scopes that an administrator has written, however they are separated', async () => {
			const choice: CredentialChoice = {
				name: 'narrow',
				enabledScopes: ' ZohoCRM.modules.leads.CREATE ZohoCRM.modules.leads.READ,\n\tZohoCRM.settings.modules.READ\n',
			};
			const credentialId = await addCredential(lab.server.rest, choice);
			const asked = await consentUrl(lab.server.rest, credentialId);
			assert.equal(
				asked.searchParams.get('scope'),
				'ZohoCRM.modules.leads.CREATE,ZohoCRM.modules.leads.READ,ZohoCRM.settings.modules.READ',
			);
			await connect(lab.emulator, lab.server.rest, credentialId);
			await uploadOne(credentialId, lab.zoho.records.add('Leads'), 3);
		});

		it('renews an expired token unseen, once for all items', async () => {
			const records = lab.zoho.records.addMany('Leads', 12);
			const folder = path.join(lab.folder, 'home', 'twelve');
			const files = records.map((record, place) => [`${record}-p.jpg`, jpegNumber(100 + place)] as const);
			await writeFiles(folder, Object.fromEntries(files));
			const workflowId = await lab.server.rest.addWorkflow(
				chain('Twelve', [manualTrigger, readFiles(`${folder}/*`), idByFileName, photoNode(lab.credentialId)]),
			);
			lab.zoho.tokens.expireAll();
			const before = lab.zoho.tokenCalls.length;
			const { status, items } = await runWorkflow(lab.server.rest, workflowId, MANUAL);
			assert.equal(status, 'success');
			assert.equal(items(PHOTO)[0]?.length, 12);
			records.forEach((record, place) => {
				const stored = lab.zoho.photos.get('Leads', record);
				assert.deepEqual(stored?.bytes, jpegNumber(100 + place));
				assert.equal(stored?.uploads, 1);
			});
			assert.deepEqual(
				lab.zoho.tokenCalls.slice(before).map(({ grantType, outcome }) => `${grantType} ${outcome}`),
				['refresh_token ok'],
			);
			assert.deepEqual(lab.zoho.leaks, []);
		});
	});
}
