import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Each long run over pictures, one after the other. One that does not hold keeps none of the others from being run. */
const RUNS = [
	'long/oracle.cts',
	'long/fuzz.cts',
	'decode/heic/long/oracle.cts',
	'fit/long/phones.cts',
	'fit/long/fuzz.cts',
];

const broken = RUNS.filter((run) => {
	console.log(`\n${run}`);
	const script = join(__dirname, '..', run);
	return spawnSync(process.execPath, ['--require', 'tsx/cjs', script], { stdio: 'inherit' }).status !== 0;
});
if (broken.length > 0) console.log(`Not passed: ${broken.join(', ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;
