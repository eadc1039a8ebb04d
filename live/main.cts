import { writeFile } from 'node:fs/promises';
import process from 'node:process';

import { startEmulator } from '../test/emulator/emulator.cts';
import { emulatedAccount, makeSlow } from './account/emulated.cts';
import { type Login, readLogin } from './account/login.cts';
import { openTransport, type Transport } from './calls/transport.cts';
import { isYes, planText } from './consent.cts';
import { type Options, readOptions, USAGE } from './options.cts';
import { reportText } from './report/report.cts';
import { isNews } from './report/verdict.cts';
import { runQuestions } from './run.cts';
import { askLine, canAsk } from './terminal.cts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		console.log(USAGE);
		return 0;
	}
	if (!options.emulator) {
		const proxyUrl = process.env.HTTPS_PROXY ?? process.env.https_proxy;
		const login = await readLogin(process.env, askLine);
		return await agreeAndRun(options, openTransport(proxyUrl ? { proxyUrl } : {}), login);
	}
	const emulator = await startEmulator();
	try {
		if (options.provoke429) makeSlow(emulator.zoho.limits);
		const { transport, login } = emulatedAccount(emulator);
		return await agreeAndRun(options, transport, login);
	} finally {
		await emulator.close();
	}
}

async function agreeAndRun(options: Options, transport: Transport, login: Login): Promise<number> {
	console.log(planText(options, login));
	if (!options.yes && !canAsk()) throw new Error('Nobody can agree to that here. With --yes it begins without asking.');
	if (!options.yes && !isYes(await askLine('Go on? (yes/no) '))) {
		console.log('Nothing was asked.');
		return 1;
	}
	let end: () => void = () => undefined;
	let isEnding = false;
	const onSignal = (): void => {
		console.error(isEnding ? '\nThe lead is being deleted; wait.' : '\nNo more questions. The lead is being deleted.');
		isEnding = true;
		end();
	};
	for (const signal of signals) process.on(signal, onSignal);
	try {
		const { report, leftBehind } = await runQuestions({
			transport,
			login,
			mayProvoke429: options.provoke429,
			leadFields: options.leadFields,
			...(options.emulator && { against: 'emulator' }),
			onLead: () => console.log('The lead is made. Now the questions; this takes some minutes.'),
			onQuestion: showProgress,
			onStart: (stop) => {
				end = stop;
				if (isEnding) stop();
			},
		});
		await writeFile(options.reportFile, `${JSON.stringify(report, undefined, '\t')}\n`);
		console.log(reportText(report, process.stdout.isTTY === true));
		console.log(`The report is in ${options.reportFile}. docs/live.md says where to send it.`);
		if (leftBehind !== undefined) {
			console.error(`The lead could not be deleted. Delete it by hand; its name is "${leftBehind}".`);
			return 1;
		}
		if (isEnding) return 1;
		return report.rows.some(isNews) ? 2 : 0;
	} finally {
		for (const signal of signals) process.off(signal, onSignal);
	}
}

function showProgress(name: string, place: number, count: number): void {
	if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${place < count ? `${place} of ${count}: ${name}` : ''}`);
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(reason: unknown) => {
		console.error(reason instanceof Error ? reason.message : String(reason));
		process.exitCode = 1;
	},
);
