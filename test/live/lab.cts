import { emulatedAccount, makeSlow } from '../../live/account/emulated.cts';
import type { Questions } from '../../live/questions/all.cts';
import { isNews } from '../../live/report/verdict.cts';
import { runQuestions, type RunParts, type RunResult } from '../../live/run.cts';
import { type Emulator, startEmulator } from '../emulator/emulator.cts';
import { dataCenterNamed } from '../emulator/network/dataCenters.cts';
import { orgOf } from '../emulator/crm/orgs.cts';

/** Leads of runs that the emulator still has. */
export function leadsLeft({ zoho }: Emulator, dataCenter = 'us'): string[] {
	const leads = zoho.records.list(orgOf(dataCenterNamed(dataCenter)), 'Leads');
	return leads.filter((one) => one.condition !== 'deleted' && one.name.includes('photo check')).map(({ name }) => name);
}

/** Runs questions against an emulator. */
export async function ask(emulator: Emulator, parts: Partial<RunParts> = {}): Promise<RunResult> {
	if (parts.mayProvoke429) makeSlow(emulator.zoho.limits);
	return await runQuestions({ ...emulatedAccount(emulator), mayProvoke429: false, ...parts });
}

/** The questions of these groups, such as `sizes`. */
export function groups(all: Questions, ...names: string[]): Questions {
	const isIn = ({ name }: { name: string }): boolean => names.includes(name.split('.')[0] ?? '');
	return { withLead: all.withLead.filter(isIn), afterwards: all.afterwards.filter(isIn) };
}

/** The rows of a report that are not as assumed, as `name: what was seen`. */
export function news({ report }: RunResult): string[] {
	return report.rows.filter(isNews).map(({ question, seen }) => `${question}: ${seen}`);
}

/** An emulator for the tests of a file, back to its start before each of them. */
export function emulatorOfFile(): () => Emulator {
	let emulator: Emulator | undefined;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	beforeEach(() => emulator?.zoho.reset());
	afterAll(async () => await emulator?.close());
	return () => {
		if (!emulator) throw new Error('The emulator was not started');
		return emulator;
	};
}
