import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into a measured process before anything else (`node --require`). It listens on the Unix socket that PROBE_SOCKET
 * names: a connection that sends `start` sets the peaks back, one that sends `read` gets the measures as JSON.
 */
const address = process.env.PROBE_SOCKET ?? '';
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();

/** Resident memory in bytes as Linux counts it: `VmRSS` now, or `VmHWM` at its highest since the last start. */
function resident(name: 'VmRSS' | 'VmHWM'): number {
	const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'latin1'));
	return Number(line?.[1] ?? 0) * 1024;
}

function answer(command: string): object {
	if (command === 'start') {
		// 5 sets VmHWM back to the present (Linux, Documentation/filesystems/proc.rst).
		writeFileSync('/proc/self/clear_refs', '5');
		loop.reset();
	}
	const { user, system } = process.cpuUsage();
	return {
		memory: resident('VmRSS'),
		peakMemory: resident('VmHWM'),
		cpuSeconds: (user + system) / 1e6,
		longestStallMs: loop.max / 1e6,
	};
}

const server = createServer((socket) => {
	socket.once('data', (command) => socket.end(JSON.stringify(answer(command.toString('latin1')))));
	socket.on('error', () => undefined);
});
server.listen(address);
server.unref();
process.once('exit', () => rmSync(address, { force: true }));
