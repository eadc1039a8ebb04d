import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The note of a lab that uses a folder. */
const NOTE = 'running.json';

/**
 * Takes a folder for this process, so that no second one uses the same database.
 *
 * @returns where the lab runs that has it, or `undefined` for one that is still starting; else how to tell the address and to
 * give the folder back
 */
export async function takeFolder(
	folder: string,
): Promise<
	{ taken: true; address: string | undefined; pid: number } | { taken: false; tell: Tell; giveBack: GiveBack }
> {
	const file = path.join(folder, NOTE);
	for (;;) {
		const note = JSON.stringify({ pid: process.pid });
		const isOurs = await writeFile(file, note, { flag: 'wx' }).then(
			() => true,
			(reason: unknown) => {
				if (codeOf(reason) === 'EEXIST') return false;
				throw reason;
			},
		);
		if (isOurs) {
			return {
				taken: false,
				tell: async (address) => await writeFile(file, JSON.stringify({ pid: process.pid, address })),
				giveBack: async () => await rm(file, { force: true }),
			};
		}
		const { pid, address } = await noteIn(file);
		if (isAlive(pid) && (address === undefined || (await answers(address)))) return { taken: true, pid, address };
		// It was left behind by a process that was killed.
		await rm(file, { force: true });
	}
}

/** Writes down where the lab can be found. */
export type Tell = (address: string) => Promise<void>;
/** Ends the use of the folder. */
export type GiveBack = () => Promise<void>;

async function noteIn(file: string): Promise<{ pid: number; address: string | undefined }> {
	try {
		const note: unknown = JSON.parse(await readFile(file, 'utf8'));
		const { pid, address }: { pid?: unknown; address?: unknown } = Object(note);
		return { pid: Number(pid), address: typeof address === 'string' ? address : undefined };
	} catch {
		return { pid: Number.NaN, address: undefined };
	}
}

function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (reason) {
		// It is there, and somebody else's.
		return codeOf(reason) === 'EPERM';
	}
}

/** Another process may have got the number of one that is gone. */
async function answers(address: string): Promise<boolean> {
	return await fetch(address, { signal: AbortSignal.timeout(5000) }).then(
		() => true,
		() => false,
	);
}

/** Node's code of an error. */
function codeOf(reason: unknown): unknown {
	return typeof reason === 'object' && reason !== null && 'code' in reason ? reason.code : undefined;
}
