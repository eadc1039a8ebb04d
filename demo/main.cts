import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { startEmulator } from '../test/emulator/emulator.cts';
import { startEngine, type InputItem, type OutputItem } from '../test/engine/harness/engine.cts';
import { table } from './table.cts';
import { readWorkflow } from './workflowFile.cts';

/**
 * Shows the main job without a Zoho account: a workflow of examples/ runs in the real n8n-core with the built package, and
 * puts the photos of examples/photos on leads of an emulated Zoho CRM: a phone photo, a WebP, and a web page among them. With `--open` the emulator stays, so that its page
 * can be looked at.
 */
const EXAMPLES = path.join(__dirname, '../examples');

/** The record that is locked, so that the emulated Zoho has something to refuse, too. */
const LOCKED = '3409643000000900003';

async function main(): Promise<number> {
	const stays = process.argv.includes('--open');
	const emulator = await startEmulator();
	const engine = await startEngine({ env: emulator.env });
	try {
		const { zoho } = emulator;
		const items = await photos(path.join(EXAMPLES, 'photos'));
		for (const { json, id, name } of items) {
			zoho.records.add('Leads', { id, name });
			if (id === LOCKED) zoho.records.setCondition('Leads', id, 'locked');
			json.id = id;
		}

		console.log(`n8n-core ${engine.coreVersion} runs examples/folder-to-leads.json, the access token has run out:\n`);
		const run = await engine.run({
			workflow: await readWorkflow(path.join(EXAMPLES, 'folder-to-leads.json'), 'zoho'),
			standIns: { 'Read Photos': items },
			credentials: { zoho: zoho.connect({ expired: true }) },
		});
		const node = run.nodes['Zoho CRM Photo'];
		if (node === undefined) throw new Error(run.error?.message ?? 'The node did not run');
		const [uploaded = [], refused = []] = node.output;

		const rows = items.map(({ id, name, fileName, bytes }, index) => {
			const good = uploaded.find((item) => isOf(item, index));
			const outcome = good === undefined ? reason(refused.find((item) => isOf(item, index))) : done(good);
			return [String(index), `${id} ${name}`, fileName.slice(id.length + 1), `${bytes.length}`, pixels(good), outcome];
		});
		for (const line of table(['item', 'record', 'file', 'bytes', 'pixels', 'outcome'], rows)) console.log(line);
		for (const { message } of node.hints) console.log(`\nn8n shows over the output: ${message}`);

		const intact = uploaded.every((item) => {
			const { id, bytes } = items[itemOf(item)] ?? {};
			const stored = zoho.photos.get('Leads', id ?? '');
			// What was made to fit is what its item tells of.
			if (original(item) !== undefined) return `${stored?.bytes.length} bytes` === sent(item);
			return bytes !== undefined && stored?.bytes.equals(bytes) === true;
		});
		const fitted = uploaded.filter((item) => original(item) !== undefined).length;
		const photosStored = zoho.photos.count;
		console.log(
			`\nThe emulated Zoho CRM holds ${photosStored} photos, ${intact ? `byte for byte as sent, ${fitted} of them made to fit` : 'NOT AS SENT'}; ` +
				`new access tokens asked for: ${zoho.tokenCalls.length}, tokens seen in a URL: ${zoho.leaks.length}.`,
		);
		if (stays) {
			console.log(`\nLook at the records: ${emulator.pageUrl}   (Ctrl+C ends)`);
			await once(process, 'SIGINT');
		}
		return intact && photosStored === uploaded.length && uploaded.length > 0 && zoho.leaks.length === 0 ? 0 : 1;
	} finally {
		await engine.close();
		await emulator.close();
	}
}

/** The photos of a folder as the node that reads files would give them; `345-ada.jpg` belongs to record 345, Ada. */
async function photos(
	folder: string,
): Promise<Array<InputItem & { json: { id?: string }; id: string; name: string; fileName: string; bytes: Buffer }>> {
	const files = (await readdir(folder)).filter((file) => /^\d+-/.test(file)).sort();
	return await Promise.all(
		files.map(async (fileName) => {
			const bytes = await readFile(path.join(folder, fileName));
			const [id = '', rest = ''] = fileName.split(/[-.]/);
			const name = rest.charAt(0).toUpperCase() + rest.slice(1);
			const mimeType = `image/${path.extname(fileName).slice(1).replace('jpg', 'jpeg')}`;
			return { json: {}, id, name, fileName, bytes, binary: { data: { data: bytes, fileName, mimeType } } };
		}),
	);
}

function itemOf(item: OutputItem): number {
	const paired: unknown = item.pairedItem;
	return typeof paired === 'object' && paired !== null && 'item' in paired ? Number(paired.item) : -1;
}

function isOf(item: OutputItem, index: number): boolean {
	return itemOf(item) === index;
}

function pixels(item: OutputItem | undefined): string {
	const photo: unknown = item?.json.photo;
	if (typeof photo !== 'object' || photo === null || !('width' in photo) || !('height' in photo)) return '';
	return `${String(photo.width)} x ${String(photo.height)}`;
}

function photoOf(item: OutputItem): object {
	const photo: unknown = item.json.photo;
	return typeof photo === 'object' && photo !== null ? photo : {};
}

/** The photo as it was, in words, where it was made to fit. */
function original(item: OutputItem): string | undefined {
	const photo = photoOf(item);
	const was: unknown = 'original' in photo ? photo.original : undefined;
	if (typeof was !== 'object' || was === null || !('width' in was) || !('height' in was)) return undefined;
	const kind = 'mimeType' in was ? String(was.mimeType).replace('image/', '').toUpperCase() : '';
	return `${kind} of ${String(was.width)} x ${String(was.height)}`;
}

function sent(item: OutputItem): string {
	const photo = photoOf(item);
	return 'fileSize' in photo ? `${String(photo.fileSize)} bytes` : '';
}

function done(item: OutputItem): string {
	const was = original(item);
	return was === undefined ? 'uploaded' : `uploaded, made to fit from a ${was}`;
}

function reason(item: OutputItem | undefined): string {
	const error: unknown = item?.json.error;
	return typeof error === 'object' && error !== null && 'message' in error
		? `refused: ${String(error.message)}`
		: 'LOST';
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(fault: unknown) => {
		console.error(fault);
		process.exitCode = 1;
	},
);
