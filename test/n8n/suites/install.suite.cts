import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { dig, listAt, textAt } from '../json.cts';
import { run } from '../install/command.cts';
import { openLab, type Lab } from '../lab.cts';
import { buildPackage, PACKAGE_NAME } from '../package/pack.cts';
import { publish } from '../package/registry.cts';
import { jpegNumber, sha256, writeFiles } from '../photos.cts';
import { addCredential, connect } from '../server/connect.cts';
import { runWorkflow } from '../server/executions.cts';
import { chain, idByFileName, MANUAL, manualTrigger, PHOTO, PHOTO_TYPE, photoNode, readFiles } from '../workflows.cts';

describe('n8n’s own installer', () => {
	let lab: Lab;
	let workflowId: string;
	let record: string;
	const photos = (): string => path.join(lab.folder, 'home', 'photos');

	before(async () => {
		lab = await openLab({ node: 'none' });
		record = lab.zoho.records.add('Leads');
	});
	after(async () => await lab?.close());

	const uploadOnce = async (number: number): Promise<string[]> => {
		const photo = jpegNumber(number);
		await writeFiles(photos(), { [`${record}-photo.jpg`]: photo });
		const { status, error } = await runWorkflow(lab.server.rest, workflowId, MANUAL);
		assert.equal(status, 'success', JSON.stringify(error));
		assert.deepEqual(lab.zoho.photos.get('Leads', record)?.bytes, photo);
		return lab.zoho.photos.get('Leads', record)?.history ?? [];
	};

	it('does not know the node before', async () => {
		assert.ok(!(await lab.server.rest.nodeTypes()).includes(PHOTO_TYPE));
	});

	it('installs the packed tarball and shows node and credential', async () => {
		await lab.server.rest.installPackage(PACKAGE_NAME, lab.built.version);
		const types = await lab.server.rest.nodeTypes();
		assert.ok(types.includes(PHOTO_TYPE), 'the node');
		assert.ok(types.includes(`${PHOTO_TYPE}Tool`), 'its twin for AI agents');
		const [installed] = listAt(await lab.server.rest.send('GET', '/community-packages'));
		assert.equal(textAt(installed, 'packageName'), PACKAGE_NAME);
		assert.equal(textAt(installed, 'installedVersion'), lab.built.version);
	});

	it('gives a node that uploads a photo byte for byte', async () => {
		const credentialId = await addCredential(lab.server.rest);
		await connect(lab.emulator, lab.server.rest, credentialId);
		workflowId = await lab.server.rest.addWorkflow(
			chain('Photos', [manualTrigger, readFiles(`${photos()}/*`), idByFileName, photoNode(credentialId)]),
		);
		assert.deepEqual(await uploadOnce(1), [sha256(jpegNumber(1))]);
	});

	it('updates to the next version, and the workflow works on', async () => {
		const next = '99.0.0';
		const changed = await buildPackage({
			file: 'nodes/ZohoCrmPhoto/ZohoCrmPhoto.node.ts',
			from: "description: 'Upload, download",
			to: "description: 'NEXT Upload, download",
		});
		await publish(lab.zoho.sites, [await lab.built.pack(lab.folder), await changed.pack(lab.folder, next)]);
		await lab.server.rest.send('PATCH', '/community-packages', { name: PACKAGE_NAME, version: next });
		const [installed] = listAt(await lab.server.rest.send('GET', '/community-packages'));
		assert.equal(textAt(installed, 'installedVersion'), next);
		const types = await fetch(`${lab.server.address}/types/nodes.json`, {
			headers: { cookie: lab.server.rest.cookie },
		});
		const list: unknown = await types.json();
		const own = listAt(list).find((type) => dig(type, 'name') === PHOTO_TYPE);
		assert.match(textAt(own, 'description'), /^NEXT/);
		assert.deepEqual(await uploadOnce(2), [sha256(jpegNumber(1)), sha256(jpegNumber(2))]);
	});

	it('keeps it over a restart', async () => {
		await lab.restart();
		assert.equal((await uploadOnce(3)).length, 3);
	});
});

describe('the custom folder', () => {
	let lab: Lab;

	before(async () => {
		lab = await openLab({ node: 'none' });
		const custom = path.join(lab.folder, 'home', '.n8n', 'custom', PACKAGE_NAME);
		await mkdir(custom, { recursive: true });
		const tarball = await lab.built.pack(lab.folder);
		await run({ program: 'tar', args: ['-xzf', tarball, '--strip-components=1', '-C', custom] });
		await lab.restart();
	});
	after(async () => await lab?.close());

	it('loads the node, which uploads', async () => {
		const type = 'CUSTOM.zohoCrmPhoto';
		assert.ok((await lab.server.rest.nodeTypes()).includes(type));
		const credentialId = await addCredential(lab.server.rest);
		await connect(lab.emulator, lab.server.rest, credentialId);
		const record = lab.zoho.records.add('Leads');
		const folder = path.join(lab.folder, 'home', 'photos');
		await writeFiles(folder, { [`${record}-a.jpg`]: jpegNumber(7) });
		const workflowId = await lab.server.rest.addWorkflow(
			chain('Custom', [manualTrigger, readFiles(`${folder}/*`), idByFileName, { ...photoNode(credentialId), type }]),
		);
		const { items } = await runWorkflow(lab.server.rest, workflowId, MANUAL);
		assert.equal(items(PHOTO)[0]?.[0]?.json.code, 'SUCCESS');
		assert.deepEqual(lab.zoho.photos.get('Leads', record)?.bytes, jpegNumber(7));
	});
});
