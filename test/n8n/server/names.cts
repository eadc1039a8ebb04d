// n8n's own Node.js reads this file as it is, without a compiler that would turn an import into a require.
const dns: typeof import('node:dns') = require('node:dns');

/** A public address. Nobody connects to it: n8n looks the name up, and then asks the proxy by name. */
const SOMEWHERE = { address: '93.184.215.14', family: 4 };

/** Loaded into n8n with `--require` where names must have public addresses: the machine may have no DNS. */
Object.assign(dns.promises, {
	lookup: async (_name: string, options?: { all?: boolean }) => (options?.all === true ? [SOMEWHERE] : SOMEWHERE),
});
