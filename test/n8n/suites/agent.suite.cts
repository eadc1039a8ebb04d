import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Editor } from '../browser/editor.cts';
import { dig } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { startModel, type Model } from '../model.cts';
import { jpegNumber } from '../photos.cts';
import { runWorkflow } from '../server/executions.cts';
import { MANUAL, manualTrigger, photoNode, PHOTO_TYPE, workflow, type WorkflowNode } from '../workflows.cts';

const TOOL = 'Zoho CRM Photo Tool';
const AGENT = 'AI Agent';
const PHOTO_URL = 'https://photos.example/ada.jpg';

/** What the editor writes when the button "Let the model define this parameter" is pressed. */
const byModel = (name: string): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`\`, 'string') }}`;

describe("the node as a tool of n8n's AI agent", () => {
	let lab: Lab;
	let model: Model;
	let modelCredential: string;

	before(async () => {
		lab = await openLab();
		model = await startModel();
		modelCredential = await lab.server.rest.addCredential('Stand-in', 'openAiApi', { apiKey: 'none', url: model.url });
		lab.zoho.sites.set(PHOTO_URL, { body: jpegNumber(7) });
	});
	after(async () => {
		await model?.close();
		await lab?.close();
	});

	const agentWith = (parameters: object): object => {
		const chatModel: WorkflowNode = {
			name: 'Chat Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'stand-in' }, options: {} },
			credentials: { openAiApi: { id: modelCredential, name: 'Stand-in' } },
		};
		const agent: WorkflowNode = {
			name: AGENT,
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3,
			parameters: { promptType: 'define', text: 'Put the photo of Ada on her record.', options: {} },
		};
		const tool = photoNode(lab.credentialId, { name: TOOL, type: `${PHOTO_TYPE}Tool`, parameters });
		return workflow(
			'Agent',
			[manualTrigger, agent, chatModel, tool],
			[
				{ from: MANUAL, to: AGENT },
				{ from: 'Chat Model', to: AGENT, kind: 'ai_languageModel' },
				{ from: TOOL, to: AGENT, kind: 'ai_tool' },
			],
		);
	};
	const picked = { __rl: true, mode: 'list', value: 'Leads' };
	const runAgent = async (parameters: object, args: object): Promise<void> => {
		model.args = args;
		const { status, error } = await runWorkflow(
			lab.server.rest,
			await lab.server.rest.addWorkflow(agentWith({ module: picked, ...parameters })),
			MANUAL,
		);
		assert.equal(status, 'success', JSON.stringify(error));
	};

	it('puts the photo at the address that the model gives on the record that it gives', async () => {
		const record = lab.zoho.records.add('Leads');
		await runAgent(
			{ recordId: { __rl: true, mode: 'id', value: byModel('Record_ID') }, photoUrl: byModel('Photo_URL') },
			{ Record_ID: record, Photo_URL: PHOTO_URL },
		);
		assert.deepEqual(lab.zoho.photos.get('Leads', record)?.bytes, jpegNumber(7));
		const [offered] = model.offered();
		assert.match(String(dig(offered, 'description')), /^Upload\b.*photo/);
		const asked = dig(offered, 'parameters', 'properties');
		assert.deepEqual(Object.keys(Object(asked)).sort(), ['Photo_URL', 'Record_ID']);
		assert.match(model.told(), /"photo uploaded successfully"/);
		assert.match(model.told(), new RegExp(record));
	});

	it('tells the model of a photo without a file', async () => {
		const record = lab.zoho.records.add('Leads');
		const recordId = { __rl: true, mode: 'id', value: byModel('Record_ID') };
		await runAgent({ operation: 'download', recordId }, { Record_ID: record });
		assert.match(model.told(), /The record has no photo/);
		await runAgent({ recordId, photoUrl: PHOTO_URL }, { Record_ID: record });
		await runAgent({ operation: 'download', recordId }, { Record_ID: record });
		assert.match(model.told(), /the file itself does not reach a model/);
		assert.match(model.told(), /"mimeType":"image\/jpeg"/);
	});

	it('tells the model what was refused, so that it can do better', async () => {
		const recordId = { __rl: true, mode: 'field', value: byModel('Email_or_Other_Field_of_Record') };
		await runAgent({ recordId, photoUrl: PHOTO_URL }, { Email_or_Other_Field_of_Record: 'nobody@example.com' });
		assert.match(model.told(), /No record of Leads has 'nobody@example\.com'/);
	});

	it('shows in its panel what can work, and says what cannot', async () => {
		const editor = await Editor.open(lab);
		try {
			const upload = { module: picked, recordId: { __rl: true, mode: 'id', value: byModel('Record_ID') } };
			for (const [operation, shown, hidden] of [
				['upload', /Record ID[^]*Photo URL/, /Input Binary Field/],
				['download', /No file reaches the model/, /Put Output File in Field/],
			] as const) {
				const id = await lab.server.rest.addWorkflow(agentWith({ ...upload, operation }));
				await editor.openWorkflow(id);
				await editor.node(TOOL).waitFor();
				await editor.by('zoom-to-fit').click();
				await editor.keep(`tool-canvas-${operation}`);
				await editor.openNode(TOOL);
				await editor.by('parameter-input-operation').waitFor();
				await editor.keep(`tool-${operation}`);
				const text = await editor.by('ndv').innerText();
				assert.match(text, shown);
				assert.doesNotMatch(text, hidden);
			}
		} finally {
			await editor.close();
		}
	});
});
