import assert from 'node:assert/strict';

import { dig, listAt, textAt } from './json.cts';
import type { Lab } from './lab.cts';
import { until } from './server/process.cts';

/** What a visitor gives in a field of a form: text, a file, or several. */
export type FormField = string | File | readonly File[];

/**
 * Sends a form of a workflow as a browser does; the workflow is activated.
 * @param trigger name of the form's node
 * @param fields in the form's order
 * @returns the text of the page that the visitor sees at the end
 */
export async function sendForm(
	lab: Lab,
	workflowId: string,
	trigger: string,
	fields: readonly FormField[],
): Promise<string> {
	await lab.server.rest.activate(workflowId);
	const workflow = await lab.server.rest.send('GET', `/workflows/${workflowId}`);
	const node = listAt(workflow, 'nodes').find((one) => dig(one, 'name') === trigger);
	const address = `${lab.server.address}/form/${textAt(node, 'webhookId')}`;
	// n8n answers that a workflow is active a moment before its form can be opened.
	await until('the form to open', async () => (await fetch(address)).ok, 20_000);
	const form = new FormData();
	fields.forEach((value, place) => {
		for (const one of typeof value === 'string' || value instanceof File ? [value] : value) {
			form.append(`field-${place}`, one);
		}
	});
	const answer = await fetch(address, { method: 'POST', body: form });
	const text = await answer.text();
	assert.equal(answer.status, 200, text);
	const waiting = textAt(JSON.parse(text), 'formWaitingUrl');
	assert.ok(waiting.startsWith('http'), text);
	// As the page of the form does it: n8n lets whoever asks for the next page too early wait without an answer.
	const status = new URL(waiting);
	status.pathname += '/n8n-execution-status';
	await until('the last page', async () => !/^(new|running)$/.test(await (await fetch(status)).text()), 30_000);
	return await (await fetch(waiting, { signal: AbortSignal.timeout(20_000) })).text();
}
