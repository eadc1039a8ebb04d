import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTHER_NAMES, otherFile, PHOTOS as CORPUS } from '../corpus.cts';
import { HOSTILE } from '../hostile.cts';
import { judged, LONGEST_CHECK } from '../judge.cts';
import { mutated, seeded } from '../mutate.cts';
import { PHOTOS, SOURCES } from './photos.cts';
import { requireTools, shell } from './tools.cts';

/**
 * Damages photos at random and checks that each gets a verdict, at the cost of a few plain passes over 10 MiB (see judge.cts). The samples are the committed corpus and
 * the photos of photos.cts. Run: node -r tsx/cjs test/photo/long/fuzz.cts [seed] [inputs]
 */
const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 2 ** 32));
const inputs = Number(process.argv[3] ?? 200_000);
/** Damage is done to structure, not to sheer size: larger photos would only cost time. */
const LARGEST_SAMPLE = 100_000;

let passed = 0;
let failed = 0;
let slowest = 0;

function check(bytes: Buffer, what: () => string): void {
	const { fault, passes } = judged(bytes);
	slowest = Math.max(slowest, passes);
	if (fault === undefined && passes <= LONGEST_CHECK) {
		passed += 1;
		return;
	}
	failed += 1;
	console.log(`seed ${seed}, ${what()}: ${fault ?? `${passes.toFixed(1)} plain passes`}`);
}

function encoded(): Buffer[] {
	requireTools();
	const folder = mkdtempSync(join(tmpdir(), 'photo-fuzz-'));
	try {
		shell(SOURCES, folder);
		for (const { line } of PHOTOS) shell(line, folder);
		return PHOTOS.map(({ name }) => readFileSync(join(folder, name)));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const samples = [...CORPUS.map(({ bytes }) => bytes), ...OTHER_NAMES.map(otherFile), ...encoded()].filter(
	({ length }) => length <= LARGEST_SAMPLE,
);
const random = seeded(seed);
const start = performance.now();
for (let count = 0; count < inputs; count += 1) {
	const { bytes, done } = mutated(samples, random);
	check(bytes, () => `input ${count} (${done})`);
}
const slowestDamaged = slowest;
slowest = 0;
for (const [name, make] of HOSTILE) check(make(), () => name);

const seconds = (performance.now() - start) / 1000;
console.log(`seed ${seed}: ${inputs} damaged files of ${samples.length} samples, ${seconds.toFixed(0)} s`);
console.log(
	`slowest check, in plain passes: ${slowestDamaged.toFixed(1)} damaged, ${slowest.toFixed(1)} hostile (10 MiB)`,
);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
