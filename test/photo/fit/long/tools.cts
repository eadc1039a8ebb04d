import { execFileSync } from 'node:child_process';

/** Runs a program to its end. @returns what it wrote */
export function run(program: string, ...parameters: string[]): Buffer {
	return execFileSync(program, parameters, { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** ImageMagick 6's convert, as Debian and Ubuntu install it. */
export function convert(...parameters: string[]): Buffer {
	return run('/usr/bin/convert', ...parameters);
}

/** Says what was checked, and remembers what did not hold. */
export class Report {
	private passed = 0;
	private failed = 0;

	check(what: string, holds: boolean): void {
		if (holds) this.passed++;
		else this.failed++;
		if (!holds) console.log(`FAILED ${what}`);
	}

	/** Prints the sum, and makes the process end with 1 when something failed. */
	end(): void {
		console.log(`${this.passed} passed, ${this.failed} failed`);
		process.exitCode = this.failed === 0 ? 0 : 1;
	}
}
