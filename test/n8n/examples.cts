import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Emulator } from '../emulator/emulator.cts';
import { dig, isRecord, listAt, textAt } from './json.cts';
import { PACKAGE_NAME } from './package/pack.cts';
import { CREDENTIAL_TYPE, ZOHO_CREDENTIAL_TYPE } from './server/connect.cts';

/** The example workflows of the project, which users import. */
export const EXAMPLES = path.join(__dirname, '..', '..', 'examples');
/** Where the paths in the example workflows lead: the folder that n8n's Docker image may read. */
const FILES_IN_EXAMPLES = '/home/node/.n8n-files';

/** A workflow as its file has it, with what a user has to choose. */
export interface Example {
	name: string;
	nodes: Array<Record<string, unknown>>;
	connections: unknown;
	settings: unknown;
}

/** What a user chooses. */
export interface Choice {
	/** The credential of the node under test. */
	credentialId: string;
	/** The credential of n8n's own Zoho CRM node; left out: it has none. */
	zohoCredentialId?: string;
	/** Folder that stands for `/home/node/.n8n-files`. */
	files: string;
}

/** Names of the files, sorted. */
export const exampleFiles: readonly string[] = readdirSync(EXAMPLES)
	.filter((file) => file.endsWith('.json'))
	.sort();

/** The photos that come with the examples. Each name begins with the id of its lead. */
export const examplePhotos: readonly string[] = readdirSync(path.join(EXAMPLES, 'photos'))
	.filter((file) => /^\d+-.+\.(jpg|png|gif|bmp|webp)$/.test(file))
	.sort();

/**
 * Reads an example and does what its note tells a user to do: choose the credential and set the paths.
 *
 * @throws Error when the file is no workflow
 */
export async function readExample(file: string, choice: Choice): Promise<Example> {
	const text = await readFile(path.join(EXAMPLES, file), 'utf8');
	const json: unknown = JSON.parse(text.replaceAll(FILES_IN_EXAMPLES, choice.files));
	const nodes = listAt(json, 'nodes').filter(isRecord);
	return {
		name: textAt(json, 'name'),
		nodes: nodes.map((node) => withAddress(withCredential(node, choice))),
		connections: dig(json, 'connections'),
		settings: dig(json, 'settings'),
	};
}

function usesCredential(node: Record<string, unknown>): boolean {
	return (
		textAt(node, 'type').startsWith(`${PACKAGE_NAME}.`) ||
		dig(node, 'parameters', 'nodeCredentialType') === CREDENTIAL_TYPE
	);
}

function withCredential(node: Record<string, unknown>, choice: Choice): Record<string, unknown> {
	const { credentialId, zohoCredentialId } = choice;
	if (usesCredential(node)) {
		return { ...node, credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Zoho account' } } };
	}
	const isZohos = textAt(node, 'type') === 'n8n-nodes-base.zohoCrm' && zohoCredentialId !== undefined;
	return isZohos
		? { ...node, credentials: { [ZOHO_CREDENTIAL_TYPE]: { id: zohoCredentialId, name: "n8n's own Zoho account" } } }
		: node;
}

/** The address that n8n's editor gives a form or a webhook when its workflow is imported; the command line does not. */
function withAddress(node: Record<string, unknown>): Record<string, unknown> {
	const listens = /\.(formTrigger|webhook)$/.test(textAt(node, 'type'));
	return listens && node.webhookId === undefined ? { ...node, webhookId: randomUUID() } : node;
}

/**
 * Makes a world in which every example runs to its end: the files that they read, the records that they name, and a web shop
 * with pictures.
 *
 * @param files folder that stands for `/home/node/.n8n-files`
 */
export async function prepareExamples(emulator: Emulator, files: string): Promise<void> {
	const { zoho } = emulator;
	await cp(path.join(EXAMPLES, 'files'), files, { recursive: true });
	for (const name of examplePhotos) {
		await cp(path.join(EXAMPLES, 'photos', name), path.join(files, 'photos', name));
	}
	addExampleRecords(emulator);
	zoho.records.add('Contacts', { id: '3409643000000900101', name: 'Grace Hopper' });
	zoho.records.add('Accounts', { id: '3409643000000900201', name: 'Navy' });
	const photo = async (name: string): Promise<Buffer> => await readFile(path.join(EXAMPLES, 'photos', name));
	zoho.photos.put({
		module: 'Contacts',
		recordId: '3409643000000900101',
		bytes: await photo('3409643000000900002-grace.png'),
		fileName: 'grace.png',
		mimeType: 'image/png',
		width: 320,
		height: 400,
		storedAt: zoho.clock.now(),
	});
	for (const { id, name, code } of PRODUCTS) zoho.records.add('Products', { id, name, fields: { Product_Code: code } });
	const webp = await photo('3409643000000900007-mary.webp');
	zoho.sites.set(`${SHOP}/images/anvil.webp`, { headers: { 'content-type': 'image/webp' }, body: webp });
	const jpeg = await photo('3409643000000900001-ada.jpg');
	zoho.sites.set(`${SHOP}/images/lamp.jpg`, { headers: { 'content-type': 'image/jpeg' }, body: jpeg });
	const shown = [...PRODUCTS, { name: 'Rope', code: 'sold-out' }].map(({ name, code }, place) => ({
		title: name,
		variants: [{ sku: code }],
		images: [{ src: `${SHOP}/images/${place % 2 === 0 ? 'anvil.webp' : 'lamp.jpg'}` }],
	}));
	zoho.sites.set(`${SHOP}/products.json`, {
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ products: shown }),
	});
}

/** The web shop of the examples. */
const SHOP = 'https://shop.example';

const PRODUCTS = [
	{ id: '3409643000000900301', name: 'Anvil', code: '0042' },
	{ id: '3409643000000900302', name: 'Lamp', code: 'AB-17' },
	{ id: '3409643000000900303', name: 'Wire', code: 'XY-9' },
];

/** Makes the leads that the names of the example photos begin with. */
export function addExampleRecords({ zoho }: Emulator): void {
	for (const photo of examplePhotos) {
		const [, id = '', first = ''] = /^(\d+)-(\w+)/.exec(photo) ?? [];
		const family = lastNames[first] ?? 'of the Examples';
		zoho.records.add('Leads', { id, name: `${first.charAt(0).toUpperCase()}${first.slice(1)} ${family}` });
	}
}

const lastNames: Record<string, string> = {
	ada: 'Lovelace',
	grace: 'Hopper',
	katherine: 'Johnson',
	alan: 'Turing',
	hedy: 'Lamarr',
	mary: 'Jackson',
	radia: 'Perlman',
};
