import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Options {
	/** Ask the emulator, which is started for it, instead of a real org. */
	emulator: boolean;
	/** Begin without asking. */
	yes: boolean;
	/** Send many calls at once, to see how Zoho refuses. */
	provoke429: boolean;
	help: boolean;
	/** Fields that the org wants of every lead, by API name. */
	leadFields: Readonly<Record<string, string>>;
	/** Where the report goes. */
	reportFile: string;
}

/** The help text. */
export const USAGE = `Asks a real Zoho CRM org what the emulator assumes, on one lead of its own that is deleted again (docs/live.md).

  npm run live -- [--yes] [--provoke-429] [--field NAME=VALUE ...] [--report FILE]
  npm run live -- --emulator [--yes] [--provoke-429] [--report FILE]

  --emulator      ask the project's emulated Zoho, which needs no account
  --yes           begin without asking
  --provoke-429   send many calls at once, until Zoho says 429; for a moment it may refuse other programs' calls too
  --field N=V     a field, by API name, that your org wants of every lead; may be given several times
  --report FILE   where the report goes; default live-report.json

From the environment, else asked for on the terminal: ZOHO_DATA_CENTER (such as zoho.eu), ZOHO_CLIENT_ID,
ZOHO_CLIENT_SECRET, and ZOHO_CODE (a one-time code of the Self Client) or ZOHO_REFRESH_TOKEN.

Ends with 0 when all was answered as assumed, 2 when something was not, 1 when it could not be done.`;

function readField(text: string): [string, string] {
	const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
	if (name === undefined || value === undefined)
		throw new Error(`"${text}" is no NAME=VALUE, such as Lead_Source=Web.`);
	return [name, value];
}

/**
 * Reads the command line.
 * @throws Error that names what it does not know
 */
export function readOptions(args: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			emulator: { type: 'boolean', default: false },
			yes: { type: 'boolean', short: 'y', default: false },
			'provoke-429': { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
			field: { type: 'string', multiple: true, default: [] },
			report: { type: 'string', default: 'live-report.json' },
		},
	});
	const { emulator, yes, help, report } = values;
	const leadFields = Object.fromEntries(values.field.map(readField));
	return { emulator, yes, help, leadFields, provoke429: values['provoke-429'], reportFile: report };
}
