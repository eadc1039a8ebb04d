import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { run } from '../install/command.cts';
import { freePorts } from './ports.cts';
import { LongRunning, until } from './process.cts';

/** A program that n8n needs in queue mode, on data of its own that is removed at the end. */
export interface Service {
	/** What n8n must be told. */
	env: Record<string, string>;
	stop(): Promise<void>;
}

/** Starts a Redis that keeps nothing. @throws Error that says what to install */
export async function startRedis(): Promise<Service> {
	const [port = 0] = await freePorts(1);
	const folder = await mkdtemp(path.join(tmpdir(), 'photo-redis-'));
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	const redis = new LongRunning('redis-server', args, { env: process.env });
	await answering('Redis', redis, port, 'redis-server');
	return {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		async stop() {
			await redis.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Starts a PostgreSQL on a cluster of its own. @throws Error that says what to install */
export async function startPostgres(): Promise<Service> {
	const [port = 0] = await freePorts(1);
	const programs = await postgresPrograms();
	const folder = await mkdtemp(path.join(tmpdir(), 'photo-postgres-'));
	const data = path.join(folder, 'data');
	const isRoot = process.getuid?.() === 0;
	// PostgreSQL refuses to run as root; Debian's package makes a user for it.
	const as = (program: string, args: string[]): [string, string[]] =>
		isRoot
			? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]]
			: [program, args];
	if (isRoot) {
		const [user = '0', group = '0'] = (await run({ program: 'id', args: ['-u', 'postgres'] }))
			.concat(' ', await run({ program: 'id', args: ['-g', 'postgres'] }))
			.split(' ');
		await chown(folder, Number(user), Number(group));
	}
	const [initdb, initdbArgs] = as(path.join(programs, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'n8n']);
	await run({ program: initdb, args: initdbArgs, cwd: folder });
	const settings = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder];
	const [server, serverArgs] = as(path.join(programs, 'postgres'), [...settings, '-c', 'fsync=off']);
	const postgres = new LongRunning(server, serverArgs, { env: process.env, cwd: folder });
	await answering('PostgreSQL', postgres, port, 'postgresql');
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
		async stop() {
			await postgres.stop('SIGINT');
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Debian keeps the server's programs out of the PATH, by version. */
async function postgresPrograms(): Promise<string> {
	const home = '/usr/lib/postgresql';
	const versions = await readdir(home).catch(() => []);
	const newest = versions.sort((one, other) => Number(other) - Number(one))[0];
	if (newest === undefined) throw new Error(missing('PostgreSQL', 'postgresql'));
	return path.join(home, newest, 'bin');
}

async function answering(name: string, process: LongRunning, port: number, debianPackage: string): Promise<void> {
	await until(`${name} to answer`, async () => {
		if (!process.hasEnded) return await accepts(port);
		await process.stop();
		throw new Error(process.log.includes('ENOENT') ? missing(name, debianPackage) : `${name} ended:\n${process.log}`);
	});
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

function missing(name: string, debianPackage: string): string {
	return `There is no ${name}. On Debian and Ubuntu: apt-get install --no-install-recommends ${debianPackage}`;
}
