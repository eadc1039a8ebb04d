import { mkdir } from 'node:fs/promises';

import { run } from '../install/command.cts';
import type { InstalledN8n } from '../install/install.cts';
import { environmentOf } from './environment.cts';
import { freePorts } from './ports.cts';
import { LongRunning, until } from './process.cts';
import { Rest } from './rest.cts';

/** How to start an n8n. */
export interface ServerOptions {
	n8n: InstalledN8n;
	/** Home of the process; n8n makes `.n8n` in it. */
	folder: string;
	/** Default: a free one. */
	port?: number;
	env?: Record<string, string>;
	/** Default `start`; `worker` takes executions from the queue. */
	role?: 'start' | 'worker';
}

/** A running n8n. */
export interface Server {
	address: string;
	rest: Rest;
	process: LongRunning;
	/** Runs one of n8n's commands beside it, on the same data. @returns what it wrote */
	command(...args: string[]): Promise<string>;
	stop(): Promise<void>;
}

/**
 * Starts n8n and waits until its REST interface (of a worker: its health check) can be used.
 * @throws Error with the last lines of its log when it ends before that
 */
export async function startServer({ n8n, folder, port, env, role = 'start' }: ServerOptions): Promise<Server> {
	await mkdir(folder, { recursive: true });
	const [free = 0, brokerPort = 0, commandBrokerPort = 0] = await freePorts(3);
	const used = port ?? free;
	const address = `http://127.0.0.1:${used}`;
	const surroundings = { n8n, folder, port: used, brokerPort, env };
	const isWorker = role === 'worker';
	const health = isWorker ? { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(used) } : {};
	const process = new LongRunning(n8n.node, [n8n.command, role, ...(isWorker ? ['--concurrency=5'] : [])], {
		env: { ...environmentOf(surroundings), ...health },
		cwd: folder,
	});
	// Readiness comes before the REST interface on n8n 1, and the other way round on n8n 2: both must be there.
	const checks = isWorker ? ['/healthz/readiness'] : ['/healthz/readiness', '/rest/settings'];
	await until(
		'n8n to be ready',
		async () => {
			if (process.hasEnded) throw new Error('n8n ended before it was ready.');
			const answers = await Promise.all(checks.map(async (check) => await isThere(`${address}${check}`)));
			return answers.every((isSo) => isSo);
		},
		120_000,
	).catch(async (reason: unknown) => {
		await process.stop();
		throw new Error(`${String(reason)} n8n wrote last:\n${process.log}`, { cause: reason });
	});
	return {
		address,
		rest: new Rest(address),
		process,
		command: async (...args) =>
			await run({
				program: n8n.node,
				args: [n8n.command, ...args],
				cwd: folder,
				env: environmentOf({ ...surroundings, brokerPort: commandBrokerPort }),
				timeout: 120_000,
			}),
		stop: async () => await process.stop(),
	};
}

async function isThere(url: string): Promise<boolean> {
	try {
		const answer = await fetch(url);
		// While n8n migrates its database it answers /rest/settings with a text page.
		return answer.ok && (answer.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}
