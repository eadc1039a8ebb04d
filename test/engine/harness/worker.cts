import { rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadCore } from './core.cts';
import { CredentialStore } from './credentials.cts';
import { Executions } from './executions.cts';
import { loadPackage } from './installedPackage.cts';
import { listSearch } from './listSearch.cts';
import { endOfOutput, type Answer, type Call, type Calls, type Method, type WorkerSettings } from './protocol.cts';

/**
 * The engine process. It loads one n8n-core and the package under test, announces that it is ready, then answers calls
 * that come over the IPC channel, several at once, until the channel closes.
 */
async function main(settings: WorkerSettings): Promise<void> {
	const n8n = await loadCore(settings.coreFolder);
	const installed = await loadPackage(n8n, settings.packageFolder, settings.nodeFiles);
	const store = new CredentialStore(settings.credentialReadMs);
	const executions = new Executions(n8n, installed, store);

	async function answer({ method, input }: Call): Promise<Calls[Method]['gives']> {
		switch (method) {
			case 'start':
				return { coreVersion: n8n.version };
			case 'run':
				return await executions.run(input);
			case 'listSearch':
				return await listSearch(n8n, installed, store, input);
			case 'cancel':
				return executions.cancel(input);
			case 'storeCredentials':
				for (const [id, data] of Object.entries(input)) store.set(id, data);
				return null;
			case 'storedCredentials':
				return store.all();
			case 'memory':
				return { rss: process.memoryUsage.rss(), peakRss: process.resourceUsage().maxRSS * 1024 };
			case 'cpu': {
				const { user, system } = process.cpuUsage();
				return { userMs: user / 1000, systemMs: system / 1000 };
			}
		}
	}

	process.on('message', (call: Call) => {
		answer(call)
			.then(
				(output): Answer<Method> => ({ id: call.id, output }),
				(fault): Answer<Method> => refusal(call.id, fault),
			)
			.then(async (result) => {
				// n8n's logger writes a turn later.
				await nextTurn();
				process.stdout.write(`${endOfOutput(call.id)}\n`);
				process.stderr.write(`${endOfOutput(call.id)}\n`);
				send(result);
			});
	});
	send({ id: 0, output: { coreVersion: n8n.version } });
}

function refusal(id: number, fault: unknown): Answer<Method> {
	const { message, stack = message } = fault instanceof Error ? fault : new Error(String(fault));
	return { id, refused: { message, stack } };
}

function send(answer: Answer<Method>): void {
	process.send?.(answer);
}

process.on('disconnect', () => {
	// Here too, as a test process that is killed cleans up nothing.
	rmSync(process.cwd(), { recursive: true, force: true });
	process.exit();
});
const [, , settings = '{}'] = process.argv;
main(JSON.parse(settings)).catch((fault) => {
	send(refusal(0, fault));
	process.exitCode = 1;
	process.disconnect();
});
