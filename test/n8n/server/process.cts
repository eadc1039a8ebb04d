import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const LOG_LINES = 400;
const PATIENCE_MS = 15_000;

const running = new Set<ChildProcess>();

// Whatever ends this program, no n8n outlives it.
process.on('exit', () => {
	for (const child of running) signalGroup(child, 'SIGKILL');
});

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group has ended already.
	}
}

/** A program that runs until it is stopped, in a process group of its own, so that its children end with it. */
export class LongRunning {
	private readonly lines: string[] = [];
	private readonly child: ChildProcess;
	private readonly closed: Promise<unknown>;

	constructor(program: string, args: readonly string[], options: { env: NodeJS.ProcessEnv; cwd?: string }) {
		const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
		this.child = child;
		this.closed = once(child, 'close').catch((reason: unknown) => this.lines.push(String(reason)));
		running.add(child);
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on('line', (line) => {
				this.lines.push(line);
				if (this.lines.length > LOG_LINES) this.lines.shift();
			});
		}
	}

	/** The last lines that it wrote. */
	get log(): string {
		return this.lines.join('\n');
	}

	/** True once it has ended, or could not be started. */
	get hasEnded(): boolean {
		return this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
	}

	/** Resolves when it has ended. */
	async ended(): Promise<void> {
		await this.closed;
	}

	/** Asks it to end, and after 15 seconds makes it. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		if (!this.hasEnded) this.child.kill(signal);
		const late = setTimeout(() => signalGroup(this.child, 'SIGKILL'), PATIENCE_MS);
		await this.closed;
		clearTimeout(late);
		signalGroup(this.child, 'SIGKILL');
		running.delete(this.child);
	}
}

/**
 * Asks again and again until something is so.
 *
 * @param what is named in the error, e.g. `n8n to be ready`
 * @throws Error when it takes longer than `timeout` milliseconds
 */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, timeout = 60_000): Promise<void> {
	const end = Date.now() + timeout;
	while (!(await isSo())) {
		if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
