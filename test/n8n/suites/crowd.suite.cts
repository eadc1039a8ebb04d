import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { crowdArrives } from '../crowd.cts';
import { readExample } from '../examples.cts';
import { dig, listAt, textAt } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { jpegNumber } from '../photos.cts';
import { until } from '../server/process.cts';
import { chain, photoNode, splitFiles, webhook } from '../workflows.cts';

/** Visitors who send the form at the same moment. */
const VISITORS = 50;

describe('a crowd of executions with one photo each, in regular mode', () => {
	let lab: Lab;

	before(async () => {
		lab = await openLab();
		const nodes = [webhook('photos'), splitFiles, photoNode(lab.credentialId)];
		await lab.server.rest.activate(await lab.server.rest.addWorkflow(chain('Photos', nodes)));
	});
	after(async () => await lab?.close());

	it('stores every photo once, at the pace of the org, with one token renewal', async () => {
		const { refused } = await crowdArrives(lab);
		assert.ok(refused <= 30, `${refused} answers of 429`);
	});

	it(`form-to-lead: ${VISITORS} visitors at once, and each photo is on its lead`, async () => {
		const { rest } = lab.server;
		const example = await readExample('form-to-lead.json', { credentialId: lab.credentialId, files: lab.folder });
		const id = await rest.addWorkflow({ ...example });
		await rest.activate(id);
		const workflow = await rest.send('GET', `/workflows/${id}`);
		const trigger = listAt(workflow, 'nodes').find((node) => dig(node, 'name') === 'Photo Form');
		const address = `${lab.server.address}/form/${textAt(trigger, 'webhookId')}`;
		await until('the form to open', async () => (await fetch(address)).ok, 20_000);
		const leads = lab.zoho.records.addMany('Leads', VISITORS);
		await Promise.all(
			leads.map(async (lead, n) => {
				const form = new FormData();
				form.append('field-0', `https://crm.zoho.com/crm/org60000000000/tab/Leads/${lead}`);
				form.append('field-1', new Blob([new Uint8Array(jpegNumber(n))], { type: 'image/jpeg' }), 'me.jpg');
				const answer = await fetch(address, { method: 'POST', body: form });
				assert.equal(answer.status, 200, await answer.text());
			}),
		);
		const missing = (): string[] => leads.filter((lead) => lab.zoho.photos.get('Leads', lead) === undefined);
		await until('the photos to arrive', () => missing().length === 0, 60_000);
		leads.forEach((lead, n) =>
			assert.deepEqual(lab.zoho.photos.get('Leads', lead)?.bytes, jpegNumber(n), `photo ${n}`),
		);
	});
});
