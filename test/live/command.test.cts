import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { isYes } from '../../live/consent.cts';
import { readOptions } from '../../live/options.cts';

const project = path.join(__dirname, '../..');

/** Runs the command without a terminal. */
function start(...args: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; text: string }> } {
	const child = spawn(process.execPath, ['-r', 'tsx/cjs', 'live/main.cts', ...args], { cwd: project });
	let text = '';
	const keep = (chunk: Buffer): void => {
		text += chunk.toString();
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, text }))) };
}

describe('the command', () => {
	it('asks nothing where nobody can agree', async () => {
		const { code, text } = await start('--emulator').ended;
		expect(text).toContain('It makes one lead');
		expect(text).toContain('Nobody can agree to that here. With --yes it begins without asking.');
		expect([code, text.includes('verdict')]).toEqual([1, false]);
	});

	it('deletes the lead and makes its report when it is interrupted', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'live-report-'));
		try {
			const file = path.join(folder, 'report.json');
			const { child, ended } = start('--emulator', '--yes', '--report', file);
			child.stdout?.on('data', (chunk: Buffer) => {
				if (chunk.toString().includes('The lead is made')) child.kill('SIGINT');
			});
			const { code, text } = await ended;
			expect(text).toContain('No more questions. The lead is being deleted.');
			expect(text).toContain('The lead was deleted.');
			expect(code).toBe(1);
			const report: unknown = JSON.parse(await readFile(file, 'utf8'));
			expect(report).toMatchObject({ against: 'emulator', lead: 'deleted' });
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it('reads its options and refuses others', () => {
		expect(readOptions([])).toMatchObject({ emulator: false, yes: false, provoke429: false });
		expect(readOptions(['--emulator', '-y', '--provoke-429'])).toMatchObject({
			emulator: true,
			yes: true,
			provoke429: true,
		});
		expect(readOptions(['--field', 'Lead_Source=Web', '--field', 'A=b=c']).leadFields).toEqual({
			Lead_Source: 'Web',
			A: 'b=c',
		});
		expect(() => readOptions(['--field', 'Web'])).toThrow('"Web" is no NAME=VALUE');
		expect(() => readOptions(['--force'])).toThrow('--force');
		expect(['y', 'Yes ', '', 'n', 'yesterday'].map(isYes)).toEqual([true, true, false, false, false]);
	});
});
