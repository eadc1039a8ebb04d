import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/** What a measured process has used. */
export interface Measures {
	/** Resident memory in bytes. */
	memory: number;
	/** Resident memory at its highest since the start of the measurement, in bytes. */
	peakMemory: number;
	/** Processor time since the process began, in seconds. */
	cpuSeconds: number;
	/** The longest that the event loop was held since the start of the measurement, in milliseconds. */
	longestStallMs: number;
}

/** A probe to be put into one process. */
export interface Probe {
	/** Arguments for Node itself. */
	nodeArgs: string[];
	env: Record<string, string>;
	/** Sets the peaks back. @returns the measures at that moment */
	start(): Promise<Measures>;
	read(): Promise<Measures>;
	/** Removes what was written for it. */
	remove(): Promise<void>;
}

/** Makes a probe; the process is to be started with its arguments and environment. Linux only, as memory peaks are read from /proc. */
export async function makeProbe(): Promise<Probe> {
	const folder = await mkdtemp(path.join(tmpdir(), 'bench-probe-'));
	const script = path.join(folder, 'probe.cjs');
	const socket = path.join(folder, 'socket');
	await build({
		entryPoints: [path.join(__dirname, 'probe.cts')],
		outfile: script,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		logLevel: 'error',
	});
	return {
		nodeArgs: ['--require', script],
		env: { PROBE_SOCKET: socket },
		start: async () => await ask(socket, 'start'),
		read: async () => await ask(socket, 'read'),
		remove: async () => await rm(folder, { recursive: true, force: true }),
	};
}

async function ask(address: string, command: 'start' | 'read'): Promise<Measures> {
	return await new Promise((resolve, reject) => {
		let text = '';
		const socket = connect(address, () => socket.write(command));
		socket.on('data', (chunk) => (text += chunk.toString()));
		socket.once('end', () => resolve(JSON.parse(text)));
		socket.once('error', reject);
	});
}
