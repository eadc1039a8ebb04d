import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Emulator } from '../emulator/emulator.cts';
import { dig, isRecord, listAt, textAt } from './json.cts';
import { PACKAGE_NAME } from './package/pack.cts';
import { CREDENTIAL_TYPE } from './server/connect.cts';

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

/** Names of the files, sorted. */
export const exampleFiles: readonly string[] = readdirSync(EXAMPLES)
	.filter((file) => file.endsWith('.json'))
	.sort();

/** The photos that come with the examples. Each name begins with the id of its lead. */
export const examplePhotos: readonly string[] = readdirSync(path.join(EXAMPLES, 'photos'))
	.filter((file) => /^\d+-.+\.(jpg|png|gif|bmp)$/.test(file))
	.sort();

/**
 * Reads an example and does what its note tells a user to do: choose the credential and set the paths.
 *
 * @param files folder that stands for `/home/node/.n8n-files`
 */
export async function readExample(file: string, choice: { credentialId: string; files: string }): Promise<Example> {
	const text = await readFile(path.join(EXAMPLES, file), 'utf8');
	const json: unknown = JSON.parse(text.replaceAll(FILES_IN_EXAMPLES, choice.files));
	const nodes = listAt(json, 'nodes').filter(isRecord);
	return {
		name: textAt(json, 'name'),
		nodes: nodes.map((node) => withAddress(usesCredential(node) ? withCredential(node, choice.credentialId) : node)),
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

function withCredential(node: Record<string, unknown>, id: string): Record<string, unknown> {
	return { ...node, credentials: { [CREDENTIAL_TYPE]: { id, name: 'Zoho account' } } };
}

/** The address that n8n's editor gives a form or a webhook when its workflow is imported; the command line does not. */
function withAddress(node: Record<string, unknown>): Record<string, unknown> {
	const listens = /\.(formTrigger|webhook)$/.test(textAt(node, 'type'));
	return listens && node.webhookId === undefined ? { ...node, webhookId: randomUUID() } : node;
}

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
	radia: 'Perlman',
};
