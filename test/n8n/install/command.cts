import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How to run a program to its end. */
export interface Command {
	program: string;
	args: readonly string[];
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Is given each line that the program writes, as it comes. */
	onLine?: (line: string) => void;
	/** Milliseconds after which the program is ended. */
	timeout?: number;
}

const running = new Set<ChildProcess>();

// Whoever stops an installation stops npm with it.
process.on('exit', () => {
	for (const child of running) child.kill();
});

/** A program that ended with another code than 0. */
export class CommandFailed extends Error {
	/** @param output what it wrote, both streams in the order in which they came */
	constructor(
		command: Command,
		readonly code: number | null,
		readonly output: string,
	) {
		const lines = output.trim().split('\n').slice(-15).join('\n');
		super(`${command.program} ${command.args.join(' ')} ended with ${code ?? 'a signal'}:\n${lines}`);
	}
}

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to its standard output
 * @throws CommandFailed when it ends with another code than 0; Error of Node's when it cannot be started
 */
export async function run(command: Command): Promise<string> {
	const child = spawn(command.program, command.args, {
		cwd: command.cwd,
		env: command.env ?? process.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: command.timeout,
	});
	running.add(child);
	const written: string[] = [];
	const all: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream }).on('line', (line) => {
			if (stream === child.stdout) written.push(line);
			all.push(line);
			command.onLine?.(line);
		});
	}
	await once(child, 'close').finally(() => running.delete(child));
	if (child.exitCode !== 0) throw new CommandFailed(command, child.exitCode, all.join('\n'));
	return written.join('\n');
}
