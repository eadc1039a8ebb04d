import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { OLDEST } from '../install/versions.cts';
import { textAt } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { jpegNumber, writeFiles } from '../photos.cts';
import { runWorkflow, type Execution } from '../server/executions.cts';
import {
	chain,
	idByFileName,
	MANUAL,
	manualTrigger,
	PHOTO,
	photoNode,
	PHOTO_TYPE,
	readFiles,
	type WorkflowNode,
} from '../workflows.cts';

for (const mode of ['filesystem', 'default']) {
	describe(`n8n ${OLDEST.name}, binary data mode "${mode}"`, () => {
		let lab: Lab;
		let records: string[];
		let folder: string;

		before(async () => {
			lab = await openLab({ version: OLDEST, env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } });
			records = lab.zoho.records.addMany('Leads', 12);
			folder = path.join(lab.folder, 'home', 'photos');
			const files = records.map((record, place) => [`${record}-p.jpg`, jpegNumber(place)] as const);
			await writeFiles(folder, Object.fromEntries(files));
		});
		after(async () => await lab?.close());

		const runWith = async (photo: Partial<WorkflowNode>): Promise<Execution> => {
			const nodes = [manualTrigger, readFiles(`${folder}/*`), idByFileName, photoNode(lab.credentialId, photo)];
			return await runWorkflow(lab.server.rest, await lab.server.rest.addWorkflow(chain('Photos', nodes)), MANUAL);
		};

		it('has the node by its own installer', async () => {
			assert.ok((await lab.server.rest.nodeTypes()).includes(PHOTO_TYPE));
		});

		it('uploads 12 photos byte for byte on an expired token, with one refresh', async () => {
			lab.zoho.tokens.expireAll();
			const before = lab.zoho.tokenCalls.length;
			const { status, error, items } = await runWith({});
			assert.equal(status, 'success', JSON.stringify(error));
			assert.equal(items(PHOTO)[0]?.length, 12);
			records.forEach((record, place) => {
				const stored = lab.zoho.photos.get('Leads', record);
				assert.deepEqual(stored?.bytes, jpegNumber(place));
				assert.equal(stored?.uploads, 1);
			});
			assert.equal(lab.zoho.tokenCalls.length - before, 1);
		});

		it('sends what cannot be uploaded down the error branch, with its input', async () => {
			const locked = lab.zoho.records.magicId('locked');
			await writeFiles(folder, {
				[`${locked}-p.jpg`]: jpegNumber(50),
				[`${records[0]}-text.jpg`]: Buffer.from('no photo'),
			});
			const { status, items } = await runWith({ onError: 'continueErrorOutput' });
			assert.equal(status, 'success');
			const [success = [], failure = []] = items(PHOTO);
			assert.equal(success.length, 12);
			assert.equal(failure.length, 2);
			const codes = failure.map(({ json }) => textAt(json, 'error', 'code')).sort();
			assert.deepEqual(codes, ['NOT_AN_IMAGE', 'RECORD_LOCKED']);
			assert.deepEqual(
				failure.map(({ json }) => textAt(json, 'name')).sort(),
				[`${locked}-p.jpg`, `${records[0]}-text.jpg`].sort(),
			);
		});

		it('stops with the words for the first failure', async () => {
			const { status, errorOf } = await runWith({});
			assert.equal(status, 'error');
			assert.match(textAt(errorOf(PHOTO), 'message'), /locked in Zoho CRM|not an image/);
		});
	});
}
