import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { textAt } from '../json.cts';
import { openLab, type Lab } from '../lab.cts';
import { jpegNumber, writeFiles } from '../photos.cts';
import { runWorkflow, type Execution } from '../server/executions.cts';
import { freePorts } from '../server/ports.cts';
import { chain, code, idByFileName, MANUAL, manualTrigger, PHOTO, photoNode, readFiles } from '../workflows.cts';

const COUNT = 5;

describe('n8n’s surroundings', () => {
	let lab: Lab;
	let uploadId: string;
	let round = 0;
	let uploaded: string[] = [];
	const folder = (): string => path.join(lab.folder, 'home', 'photos');

	before(async () => {
		lab = await openLab();
		const nodes = [manualTrigger, readFiles(`${folder()}/*`), idByFileName, photoNode(lab.credentialId)];
		uploadId = await lab.server.rest.addWorkflow(chain('Photos', nodes));
	});
	after(async () => await lab?.close());

	const upload = async (): Promise<Execution> => {
		round++;
		if (round === 1) uploaded = lab.zoho.records.addMany('Leads', COUNT);
		const files = uploaded.map(
			(record, place) => [`${record}-p.jpg`, jpegNumber(round * 100 + place, 60_000)] as const,
		);
		await writeFiles(folder(), Object.fromEntries(files));
		return await runWorkflow(lab.server.rest, uploadId, MANUAL);
	};
	const assertArrived = ({ status, error }: Execution): void => {
		assert.equal(status, 'success', JSON.stringify(error));
		uploaded.forEach((record, place) => {
			assert.deepEqual(lab.zoho.photos.get('Leads', record)?.bytes, jpegNumber(round * 100 + place, 60_000));
		});
	};

	const uploadFrom = async (url: string): Promise<Execution> => {
		const record = uploaded[0] ?? '';
		const id = await lab.server.rest.addWorkflow(
			chain('From URL', [
				manualTrigger,
				code('Record', `return [{ json: { id: '${record}' } }];`),
				photoNode(lab.credentialId, { parameters: { photoSource: 'url', photoUrl: url } }),
			]),
		);
		return await runWorkflow(lab.server.rest, id, MANUAL);
	};

	it('uploads what an HTTP Request node has downloaded, and tells a page saved as a photo', async () => {
		const [good, bad] = lab.zoho.records.addMany('Leads', 2);
		lab.zoho.sites.set('https://photos.example/ada.jpg', { body: jpegNumber(50) });
		lab.zoho.sites.set('https://photos.example/login.jpg', { body: '<!doctype html><title>Sign in</title>' });
		const addresses = [
			{ id: good, url: 'https://photos.example/ada.jpg' },
			{ id: bad, url: 'https://photos.example/login.jpg' },
		];
		const download = {
			name: 'Download',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: '={{ $json.url }}', options: { response: { response: { responseFormat: 'file' } } } },
		};
		const id = await lab.server.rest.addWorkflow(
			chain('Downloaded', [
				manualTrigger,
				code('Addresses', `return ${JSON.stringify(addresses)}.map((json) => ({ json }));`),
				download,
				photoNode(lab.credentialId, {
					onError: 'continueErrorOutput',
					parameters: { recordId: { __rl: true, mode: 'id', value: "={{ $('Addresses').item.json.id }}" } },
				}),
			]),
		);
		const { status, error, items } = await runWorkflow(lab.server.rest, id, MANUAL);
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(lab.zoho.photos.get('Leads', good ?? '')?.bytes, jpegNumber(50));
		const [success = [], failure = []] = items(PHOTO);
		assert.deepEqual([success.length, failure.length], [1, 1]);
		assert.equal(textAt(failure[0]?.json, 'error', 'code'), 'NOT_AN_IMAGE');
		assert.match(textAt(failure[0]?.json, 'error', 'message'), /web page.*Sign in/);
		assert.equal(lab.zoho.photos.get('Leads', bad ?? ''), undefined);
	});

	for (const mode of ['database', 'filesystem']) {
		it(`uploads with binary data mode "${mode}"`, async () => {
			await lab.restart({ N8N_DEFAULT_BINARY_DATA_MODE: mode });
			assertArrived(await upload());
		});
	}

	it('reaches Zoho by the proxy of the environment alone', async () => {
		const [nobody = 0] = await freePorts(1);
		const nowhere = `http://127.0.0.1:${nobody}`;
		await lab.restart({ HTTPS_PROXY: nowhere, HTTP_PROXY: nowhere });
		const calls = lab.zoho.calls.length;
		const { status, errorOf } = await upload();
		assert.equal(status, 'error');
		const message = textAt(errorOf(PHOTO), 'message');
		assert.match(message, /zohoapis\.com/);
		assert.doesNotMatch(message, /ECONNREFUSED/);
		assert.equal(lab.zoho.calls.length, calls);
	});

	it('uploads with SSRF protection on, and takes no photo from inside', async () => {
		const names = path.join(__dirname, '..', 'server', 'names.cts');
		await lab.restart({
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			// The proxy itself is on loopback; and n8n looks each name up before it asks the proxy.
			N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.0/8',
			NODE_OPTIONS: `--disable-warning=ExperimentalWarning --require ${names}`,
		});
		assertArrived(await upload());
		lab.zoho.sites.set('https://photos.example/ada.jpg', { body: jpegNumber(900) });
		const fromWeb = await uploadFrom('https://photos.example/ada.jpg');
		assert.equal(fromWeb.status, 'success', JSON.stringify(fromWeb.error));
		assert.deepEqual(lab.zoho.photos.get('Leads', uploaded[0] ?? '')?.bytes, jpegNumber(900));
		const { status, errorOf } = await uploadFrom('http://169.254.169.254/latest/meta-data/');
		assert.equal(status, 'error');
		assert.match(textAt(errorOf(PHOTO), 'message'), /169\.254\.169\.254/);
		assert.ok(!lab.zoho.refusedHosts.includes('169.254.169.254'), 'n8n refused it; the proxy was not asked');
	});
});
