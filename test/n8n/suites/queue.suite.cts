import assert from 'node:assert/strict';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { crowdArrives } from '../crowd.cts';
import { installN8n } from '../install/install.cts';
import { progressOn } from '../install/progress.cts';
import { CURRENT } from '../install/versions.cts';
import { textAt } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { jpegNumber } from '../photos.cts';
import { ended, executionsOf } from '../server/executions.cts';
import { startPostgres, startRedis, type Service } from '../server/services.cts';
import { startServer, type Server } from '../server/server.cts';
import { chain, photoNode, splitFiles, webhook } from '../workflows.cts';

const CALLS = 12;
const PHOTOS_PER_CALL = 25;

describe('queue mode: a main process and two workers on Redis and PostgreSQL', () => {
	let services: Service[];
	let lab: Lab;
	let workers: Server[];
	let records: string[];
	let workflowId: string;

	before(async () => {
		// Installed before the services start, as this may take minutes.
		const n8n = await installN8n(CURRENT, progressOn(process.stderr));
		services = [await startPostgres(), await startRedis()];
		const modes = { EXECUTIONS_MODE: 'queue', N8N_DEFAULT_BINARY_DATA_MODE: 'database' };
		const queue = Object.assign(modes, ...services.map(({ env }) => env));
		lab = await openLab({ env: queue });
		records = lab.zoho.records.addMany('Leads', CALLS * PHOTOS_PER_CALL);
		const nodes = [webhook('photos'), splitFiles, photoNode(lab.credentialId)];
		workflowId = await lab.server.rest.addWorkflow(chain('Photos', nodes));
		await lab.server.rest.activate(workflowId);
		workers = [];
		for (const name of ['worker-1', 'worker-2']) {
			const folder = path.join(lab.folder, name);
			await mkdir(path.join(folder, '.n8n'), { recursive: true });
			await cp(path.join(lab.folder, 'home', '.n8n', 'nodes'), path.join(folder, '.n8n', 'nodes'), { recursive: true });
			workers.push(await startServer({ n8n, folder, role: 'worker', env: { ...lab.emulator.env, ...queue } }));
		}
	});
	after(async () => {
		for (const worker of workers ?? []) await worker.stop();
		await lab?.close();
		for (const service of services ?? []) await service.stop();
	});

	const post = async (call: number): Promise<unknown> => {
		const form = new FormData();
		for (let place = call * PHOTOS_PER_CALL; place < (call + 1) * PHOTOS_PER_CALL; place++) {
			const photo = new Blob([new Uint8Array(jpegNumber(place, 40_000))], { type: 'image/jpeg' });
			form.append(`photo${place}`, photo, `${records[place]}-${place}.jpg`);
		}
		const answer = await fetch(`${lab.server.address}/webhook/photos`, { method: 'POST', body: form });
		const text = await answer.text();
		assert.equal(answer.status, 200, text.slice(0, 500));
		return JSON.parse(text);
	};

	it(`stores ${CALLS * PHOTOS_PER_CALL} photos, each once, on an expired token with one refresh`, async () => {
		lab.zoho.tokens.expireAll();
		const before = lab.zoho.tokenCalls.length;
		const begun = Date.now();
		const answers = await Promise.all(Array.from({ length: CALLS }, async (_, call) => await post(call)));
		console.log(`  ${CALLS * PHOTOS_PER_CALL} photos in ${Date.now() - begun} ms`);
		answers.forEach((items, call) => {
			assert.ok(Array.isArray(items));
			assert.equal(items.length, PHOTOS_PER_CALL);
			for (const item of items) assert.equal(textAt(item, 'code'), 'SUCCESS');
			// n8n's webhook gives the files of a form in the order in which it has written them.
			const own = records.slice(call * PHOTOS_PER_CALL, (call + 1) * PHOTOS_PER_CALL);
			assert.deepEqual(items.map((item) => textAt(item, 'recordId')).sort(), own);
		});
		records.forEach((record, place) => {
			const stored = lab.zoho.photos.get('Leads', record);
			assert.deepEqual(stored?.bytes, jpegNumber(place, 40_000), `photo ${place}`);
			assert.equal(stored?.uploads, 1, `photo ${place}`);
		});
		assert.deepEqual(
			lab.zoho.tokenCalls.slice(before).map(({ grantType, outcome }) => `${grantType} ${outcome}`),
			['refresh_token ok'],
		);
		assert.deepEqual(lab.zoho.leaks, []);
	});

	it('rides out a storm of refusals: every photo arrives', async () => {
		const answers = [
			{ kind: 'zoho', error: 'tooManyRequests' },
			{ kind: 'zoho', error: 'serviceUnavailable' },
		] as const;
		lab.zoho.faults.storm({ share: 0.2, seed: 7, answers, when: { path: '/photo', timesPerCall: 2 } });
		const calls = [0, 1, 2, 3];
		await Promise.all(calls.map(async (call) => await post(call)));
		assert.ok((lab.zoho.faults.list()[0]?.played ?? 0) >= 10, 'the storm was felt');
		for (const record of records.slice(0, calls.length * PHOTOS_PER_CALL)) {
			assert.equal(lab.zoho.photos.get('Leads', record)?.uploads, 2);
		}
	});

	it('takes a crowd of executions with one photo each: two workers that cannot see each other share the org', async () => {
		lab.zoho.faults.clear();
		await crowdArrives(lab);
	});

	it('kept the photos in the database on their way', async () => {
		const [newest = ''] = await executionsOf(lab.server.rest, workflowId);
		const { items } = await ended(lab.server.rest, newest);
		const files = (items(splitFiles.name)[0] ?? []).map(({ binary }) => textAt(binary, 'data', 'id'));
		assert.ok(files.length > 0);
		for (const file of files) assert.match(file, /^database:/);
	});

	it('had both workers at it', () => {
		for (const worker of workers) assert.match(worker.process.log, /Worker (started|finished) execution/);
	});
});
