/**
 * The contract with stored workflows, when a release is made.
 *
 * Usage: npm run contract -- write   writes what the build has into released.json, if nothing released before is broken
 *        npm run contract -- check   ends with 1 unless released.json is exactly what the build has
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { breaks, isComplete } from './breaks.cts';
import { builtContract, type Contract } from './contract.cts';
import released from './released.json';

const [command] = process.argv.slice(2);
const current = builtContract();
const broken = breaks(released, current);
for (const sentence of broken) console.error(sentence);

if (broken.length > 0) process.exitCode = 1;
else if (command === 'write') write(current);
else if (command === 'check') check(current);
else {
	console.error('Usage: npm run contract -- write|check');
	process.exitCode = 1;
}

function write(contract: Contract): void {
	writeFileSync(path.join(__dirname, 'released.json'), `${JSON.stringify(contract, undefined, 2)}\n`);
	console.log(`released.json holds the contract of ${contract.release}`);
}

function check(contract: Contract): void {
	if (isComplete(released, contract)) {
		console.log(`released.json is the contract of ${contract.release}`);
		return;
	}
	console.error(
		`released.json is the contract of ${released.release} and lacks what ${contract.release} adds: run \`npm run contract -- write\` and commit it.`,
	);
	process.exitCode = 1;
}
