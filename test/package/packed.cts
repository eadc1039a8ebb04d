import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The project's folder, whose `dist` must have been built. */
export const PROJECT = path.join(__dirname, '..', '..');

/** The package as `npm publish` would upload it, unpacked. */
export type Packed = {
	/** Folder that holds the package's files. */
	folder: string;
	/** Size of the tarball in bytes. */
	tarballBytes: number;
	/** Paths of the files inside the package and their sizes in bytes, sorted by path. */
	files: { path: string; size: number }[];
	/** Removes the folder. */
	remove: () => Promise<void>;
};

/**
 * Packs the project by `npm pack` and unpacks the tarball into a folder of the system's temporary folder.
 *
 * @returns the unpacked package; the caller removes it
 * @throws Error with the output of npm or tar when one of them cannot do its part
 */
export async function pack(): Promise<Packed> {
	const parent = await mkdtemp(path.join(tmpdir(), 'packed-'));
	const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', parent], { cwd: PROJECT });
	const { filename, size, files } = reportOf(JSON.parse(stdout));
	const folder = path.join(parent, 'package');
	await mkdir(folder);
	await run('tar', ['-xzf', path.join(parent, filename), '-C', folder, '--strip-components=1']);
	return {
		folder,
		tarballBytes: size,
		files: files.sort((a, b) => a.path.localeCompare(b.path)),
		remove: async () => await rm(parent, { recursive: true, force: true }),
	};
}

type PackReport = { filename: string; size: number; files: { path: string; size: number }[] };

/** npm lists the packages that it packed: here the one. */
function reportOf(answer: unknown): PackReport {
	const [report]: unknown[] = Array.isArray(answer) ? answer : [];
	if (!isPackReport(report)) throw new Error(`npm pack answered in another form: ${JSON.stringify(answer)}`);
	return report;
}

function isPackReport(value: unknown): value is PackReport {
	return (
		typeof value === 'object' &&
		value !== null &&
		'filename' in value &&
		typeof value.filename === 'string' &&
		'size' in value &&
		typeof value.size === 'number' &&
		'files' in value &&
		Array.isArray(value.files)
	);
}
