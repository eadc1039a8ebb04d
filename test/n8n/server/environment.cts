import path from 'node:path';

import type { InstalledN8n } from '../install/install.cts';

/** What one n8n process is given. */
export interface Surroundings {
	n8n: InstalledN8n;
	/** n8n makes `.n8n` in it; it is the process's home too. */
	folder: string;
	port: number;
	brokerPort: number;
	/** More, and what is to be otherwise. */
	env?: Record<string, string>;
}

/** Parts of n8n 2 that nothing here needs; with all of them n8n starts more slowly, and one calls out (mcp-registry). */
const MODULES_OFF = [
	'mcp-registry',
	'agents',
	'agent-evals',
	'instance-ai',
	'chat-hub',
	'mcp',
	'oauth-server',
	'quick-connect',
	'workflow-builder',
	'insights',
	'breaking-changes',
	'token-exchange',
	'otel',
	'n8n-packages',
];

/** Secret of the stored credentials: the server, its workers and the command line must share one. */
const ENCRYPTION_KEY = 'photo-tests-encryption-key';

/**
 * The whole environment of an n8n process. Nothing is inherited but the search path: settings of the person who runs the
 * tests, or of the `npm run` around them, must not reach n8n and the npm that it runs.
 */
export function environmentOf({ n8n, folder, port, brokerPort, env }: Surroundings): Record<string, string> {
	const address = `http://127.0.0.1:${port}`;
	const isCurrent = n8n.version.name === '2.41';
	return {
		PATH: `${path.dirname(n8n.node)}${path.delimiter}${process.env.PATH ?? ''}`,
		HOME: folder,
		LANG: 'C.UTF-8',
		TMPDIR: process.env.TMPDIR ?? '/tmp',
		NODE_ENV: 'production',
		npm_config_cache: path.join(folder, '.npm'),
		npm_config_update_notifier: 'false',
		// The npm that n8n runs for its installer does not trust Node.js' extra certificates under every version.
		...(env?.NODE_EXTRA_CA_CERTS === undefined ? {} : { npm_config_cafile: env.NODE_EXTRA_CA_CERTS }),
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: address,
		WEBHOOK_URL: `${address}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RESTRICT_FILE_ACCESS_TO: folder,
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: isCurrent ? MODULES_OFF.join(',') : 'insights',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		// n8n 1 has the isolated expression engine too, but its native part is built for Node.js 24 alone.
		...(isCurrent ? {} : { N8N_EXPRESSION_ENGINE: 'legacy', N8N_RUNNERS_ENABLED: 'true' }),
		...env,
	};
}
