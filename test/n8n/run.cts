import { readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';

const SUITES = path.join(__dirname, 'suites');
const ENDING = '.suite.cts';
/** Installing an n8n on a slow line takes its time; it counts for the suite that comes first. */
const LONGEST_MS = 30 * 60_000;

/** Suites by name, e.g. `queue`. */
const names = readdirSync(SUITES)
	.filter((file) => file.endsWith(ENDING))
	.map((file) => file.slice(0, -ENDING.length))
	.sort();

/** How one suite went. */
interface Counts {
	passed: number;
	failed: number;
}

/** Runs one suite in a process of its own, and prints each test. */
async function runSuite(name: string): Promise<Counts> {
	const counts: Counts = { passed: 0, failed: 0 };
	const begun = Date.now();
	console.log(`\n${name}`);
	const file = path.join(SUITES, `${name}${ENDING}`);
	const events = run({ files: [file], concurrency: 1, timeout: LONGEST_MS });
	events.on('test:stdout', ({ message }) => process.stdout.write(message));
	events.on('test:stderr', ({ message }) => process.stderr.write(message));
	const isTest = (event: { name: string; details: { type?: string } }): boolean =>
		event.details.type !== 'suite' && !event.name.endsWith(ENDING);
	events.on('test:pass', (event) => {
		if (!isTest(event)) return;
		counts.passed++;
		console.log(`  passed  ${event.name} (${Math.round(event.details.duration_ms)} ms)`);
	});
	events.on('test:fail', (event) => {
		const reason = event.details.error.cause ?? event.details.error;
		const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
		// A group is told once more when one of its tests has failed; on its own it counts when its set-up broke.
		const isEcho = /subtests? failed/.test(text);
		if (isEcho) return;
		counts.failed++;
		console.log(`  FAILED  ${event.name}\n${text.replace(/^/gm, '          ')}`);
	});
	await new Promise<void>((resolve) => {
		events.on('end', resolve);
		events.resume();
	});
	if (counts.passed + counts.failed === 0) counts.failed = 1;
	console.log(
		`${name}: ${counts.passed} passed, ${counts.failed} failed, ${Math.round((Date.now() - begun) / 1000)} s`,
	);
	return counts;
}

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !names.includes(name));
	if (unknown.length > 0) {
		console.error(`There is no suite ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
		process.exitCode = 2;
		return;
	}
	// node:test starts each file with the Node.js options of this process alone, which know nothing of .cts files.
	process.env.NODE_OPTIONS = `--require ${require.resolve('tsx/cjs')}`;
	const total: Counts = { passed: 0, failed: 0 };
	for (const name of wanted.length > 0 ? wanted : names) {
		const { passed, failed } = await runSuite(name);
		total.passed += passed;
		total.failed += failed;
	}
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed === 0 ? 0 : 1;
}

void main();
