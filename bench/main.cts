import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installHttpRequestNode, requireHere } from './http-request-node/install.cts';
import { measure, type Result } from './measure/measure.cts';
import { pageOf } from './report/page.cts';
import { panelsOf } from './report/panels.cts';
import { plot } from './report/plot.cts';
import { keepResults, medianOf, readResults, type WorkResult } from './report/results.cts';
import { plainTable, tableOf } from './report/table.cts';
import { targetRows } from './report/targets.cts';
import { SUBJECTS } from './subjects/all.cts';
import { WORKLOADS, type Workload } from './work/workload.cts';

const USAGE = `Measures this node side by side with other ways to upload photos, and writes docs/benchmarks.md.

  npm run bench -- [--only ${WORKLOADS.map(({ name }) => name).join(',')}] [--subjects ${SUBJECTS.map(({ key }) => key).join(',')}] [--repeats N]

Works that are left out keep the numbers of their last measurement. --repeats 0 writes the report anew without measuring.`;

const DOCS = path.resolve(__dirname, '../docs');

/** Measures one work: all subjects in turn, then all again, so that a busy moment of the machine meets them alike. */
async function measureSideBySide(work: Workload, keys: readonly string[], repeats: number): Promise<WorkResult> {
	const load = os.loadavg()[0] ?? 0;
	const runs = new Map<string, Result[]>();
	for (let turn = 0; turn < repeats; turn++) {
		for (const subject of SUBJECTS) {
			if (!keys.includes(subject.key) || !subject.does(work)) continue;
			process.stderr.write(`  ${work.name} ${turn + 1}/${repeats}: ${subject.name}\n`);
			runs.set(subject.key, [...(runs.get(subject.key) ?? []), await measure(subject, work)]);
		}
	}
	const bySubject = Object.fromEntries([...runs].map(([key, results]) => [key, medianOf(results)]));
	return { measuredAt: new Date().toISOString(), load, priority: os.getPriority(), repeats, bySubject };
}

/** The machine in a few words, such as `Intel Xeon (2 cores), 24 GB, Linux`. */
function machine(): string {
	const cpus = os.cpus();
	const model = cpus[0]?.model
		.replace(/\(R\)|\(TM\)|CPU|@.*$/g, '')
		.replace(/\s+/g, ' ')
		.trim();
	return `${model ?? 'an unknown processor'} (${cpus.length} cores), ${Math.round(os.totalmem() / 1e9)} GB, ${os.type()}`;
}

function versions(): string {
	const of = (name: string): string => {
		const { version }: { version: string } = requireHere()(`${name}/package.json`);
		return `${name} ${version}`;
	};
	return `Node.js ${process.versions.node}, ${of('n8n-core')}, ${of('n8n-nodes-base')}`;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			subjects: { type: 'string' },
			repeats: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const names = values.only?.split(',') ?? WORKLOADS.map(({ name }) => name);
	const keys = values.subjects?.split(',') ?? SUBJECTS.map(({ key }) => key);
	const unknown = [
		...names.filter((name) => !WORKLOADS.some((work) => work.name === name)),
		...keys.filter((key) => !SUBJECTS.some((subject) => subject.key === key)),
	];
	if (unknown.length > 0) throw new Error(`Not known: ${unknown.join(', ')}.\n\n${USAGE}`);

	await installHttpRequestNode();
	const results = await readResults();
	for (const work of WORKLOADS.filter(({ name }) => names.includes(name))) {
		const repeats = Number(values.repeats ?? work.repeats);
		if (repeats === 0) continue;
		const measured = await measureSideBySide(work, keys, repeats);
		Object.assign(results, { machine: machine(), versions: versions() });
		results.works[work.name] = measured;
		await keepResults(results);
		const { heads, rows } = tableOf(work, measured);
		console.log(`\n${work.title}\n\n${plainTable(heads, rows)}\n`);
	}
	console.log(plainTable(['to be reached', 'at most', 'measured', ''], targetRows(results)));
	await mkdir(path.join(DOCS, 'images'), { recursive: true });
	await writeFile(path.join(DOCS, 'benchmarks.md'), pageOf(results));
	const note = `Emulated Zoho over TLS on one machine; red: not all photos were stored. ${results.versions}.`;
	await writeFile(
		path.join(DOCS, 'images/benchmark.svg'),
		plot('Uploading photos to Zoho CRM', note, panelsOf(results)),
	);
}

main().catch((reason: unknown) => {
	console.error(reason instanceof Error ? reason.message : reason);
	process.exitCode = 1;
});
