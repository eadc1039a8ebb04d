import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** True when somebody can answer. */
export function canAsk(): boolean {
	return stdin.isTTY === true && stdout.isTTY === true;
}

/**
 * Asks one line on the terminal.
 * @param isSecret what is typed is not shown
 * @throws Error when there is no terminal, or the user left it with Ctrl+C or Ctrl+D
 */
export async function askLine(text: string, isSecret = false): Promise<string> {
	if (!canAsk()) throw new Error(`Nobody can be asked for "${text.trim()}" here. Give it in the environment (--help).`);
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({ input: stdin, output: isSecret ? silent : stdout, terminal: true });
	// Only now that the terminal no longer shows by itself what is typed.
	stdout.write(text);
	try {
		return await new Promise((resolve, reject) => {
			lines.once('line', (line) => resolve(line.trim()));
			lines.once('SIGINT', () => reject(new Error('Left without asking anything.')));
			lines.once('close', () => reject(new Error('Left without asking anything.')));
		});
	} finally {
		lines.close();
		if (isSecret) stdout.write('\n');
	}
}
