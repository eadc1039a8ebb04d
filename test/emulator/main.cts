import { parseArgs } from 'node:util';

import { defaultClient } from './accounts/clients.cts';
import { type Emulator, startEmulator } from './emulator.cts';
import { dataCenters } from './network/dataCenters.cts';

/** Ports used when none are given, so that what was once pointed at the emulator finds it again. */
const defaultPorts = { page: 18_080, proxy: 18_443 };

const usage = `The emulated Zoho, alone.

  npm run emulator -- [--page-port ${defaultPorts.page}] [--proxy-port ${defaultPorts.proxy}] [--ca-folder FOLDER]

Port 0 takes any free port. FOLDER gets the throw-away CA as ca.pem; without it, that goes into a temporary folder
which is removed at the end.`;

function portOf(text: string | undefined, fallback: number): number {
	const port = Number(text ?? fallback);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error(`"${text ?? ''}" is not a port (0 to 65535).`);
	return port;
}

function introduction(emulator: Emulator): string {
	return [
		'The emulated Zoho is running.',
		'',
		`  Web page, and control interface   ${emulator.pageUrl}`,
		`  CONNECT proxy                     ${emulator.proxyUrl}`,
		`  Certificate to trust              ${emulator.caFile}`,
		'',
		'Point n8n at it by starting it with',
		'',
		...Object.entries(emulator.env).map(([name, value]) => `  export ${name}=${value}`),
		'',
		'and give the credential',
		'',
		`  Client ID      ${defaultClient.clientId}`,
		`  Client Secret  ${defaultClient.clientSecret}`,
		`  Data Center    any of ${dataCenters.map((one) => one.accountsDomain).join(', ')}`,
		'',
		'A browser that is to show the consent page needs the proxy and the certificate too. Stop with Ctrl+C.',
	].join('\n');
}

function sentenceFor(reason: unknown): string {
	if (!(reason instanceof Error)) return String(reason);
	if ('code' in reason && reason.code === 'EADDRINUSE' && 'port' in reason) {
		const advice = 'Choose another one with --page-port or --proxy-port (0: any).';
		return `Port ${String(reason.port)} is in use by another program. ${advice}`;
	}
	if ('code' in reason && reason.code === 'EACCES' && 'port' in reason) {
		return `Port ${String(reason.port)} may not be used without more rights. Choose one above 1023.`;
	}
	return reason.message;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			'page-port': { type: 'string' },
			'proxy-port': { type: 'string' },
			'ca-folder': { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		console.log(usage);
		return;
	}
	const emulator = await startEmulator({
		pagePort: portOf(values['page-port'], defaultPorts.page),
		proxyPort: portOf(values['proxy-port'], defaultPorts.proxy),
		caFolder: values['ca-folder'],
	});
	console.log(introduction(emulator));
	let isStopping = false;
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			if (isStopping) return;
			isStopping = true;
			void emulator.close().then(() => process.exit(0));
		});
	}
}

main().catch((reason: unknown) => {
	console.error(sentenceFor(reason));
	process.exitCode = 1;
});
