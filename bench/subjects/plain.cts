import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { makeProbe } from '../measure/probed.cts';
import type { Workload } from '../work/workload.cts';
import type { PlainJob } from './plainClient.cts';
import type { Subject } from './subject.cts';

/** A Node.js program without n8n as a subject. */
function plainSubject(key: string, name: string, way: PlainJob['way'], does: (work: Workload) => boolean): Subject {
	return {
		key,
		name,
		does: (work) => work.crowdWithin === undefined && work.singles === undefined && does(work),
		async start(emulator, work) {
			const folder = await mkdtemp(path.join(tmpdir(), 'bench-client-'));
			const script = path.join(folder, 'client.cjs');
			await build({
				entryPoints: [path.join(__dirname, 'plainClient.cts')],
				outfile: script,
				bundle: true,
				platform: 'node',
				target: 'node20',
				format: 'cjs',
				logLevel: 'error',
			});
			const probe = await makeProbe();
			const child = fork(script, [], { execArgv: probe.nodeArgs, env: { ...emulator.env, ...probe.env } });
			await once(child, 'message');
			return {
				async run({ photos, credential }) {
					const before = await probe.start();
					const job: PlainJob = {
						way,
						photos,
						token: String(credential.oauthTokenData.access_token),
						parallel: work.parallel,
						proxyUrl: emulator.proxyUrl,
					};
					child.send(job);
					const [milliseconds] = await once(child, 'message');
					const after = await probe.read();
					return {
						seconds: Number(milliseconds) / 1000,
						cpuSeconds: after.cpuSeconds - before.cpuSeconds,
						before,
						after,
					};
				},
				async close() {
					child.disconnect();
					await once(child, 'exit');
					await probe.remove();
					await rm(folder, { recursive: true, force: true });
				},
			};
		},
	};
}

/** Whether Zoho takes the photos as they are and nothing is shrunk first. */
const takesAsTheyAre = ({ columns, knownBy, kept }: Workload): boolean =>
	!columns.includes('stall') && knownBy === undefined && kept === undefined;

/** The Node.js sample of Zoho's page "Upload a Photo" (form-data and a read stream), called for one photo after another. */
export const nodeSample = plainSubject('sample', "Zoho's Node.js sample", 'sample', takesAsTheyAre);

/** As fast as it goes: the bytes, kept-alive connections, exactly as many calls at a time as allowed. Sees no refusal. */
export const bareClient = plainSubject(
	'bare',
	'bare client (limit)',
	'bare',
	(work) => takesAsTheyAre(work) && !work.expired && work.parallel <= work.cap,
);
