import { z } from 'zod';

import type { ConnectOptions, CredentialData } from './accounts/connect.cts';
import type { Call } from './callLog.cts';
import type { CommandSent } from './control/commands.cts';
import { callShape, resultShapes, type State, stateShape } from './control/wire.cts';

type Sent<Name extends CommandSent['command']> = Extract<CommandSent, { command: Name }>;

/**
 * Talks to an emulator in another process through its control interface. Every method throws an Error in words on
 * refusal.
 */
export class EmulatorClient {
	/** @param pageUrl the emulator's page, such as `http://127.0.0.1:18080/` */
	constructor(private readonly pageUrl: string) {}

	/** Photos, counts, limits, faults: everything but the API calls. */
	async state(): Promise<State> {
		return await this.read('state', stateShape);
	}

	/** The API calls from the `from`-th on, counted from 0. */
	async calls(from = 0): Promise<Call[]> {
		return await this.read(`calls?from=${from}`, z.array(callShape));
	}

	/** The bytes of a record's photo. */
	async photo(module: string, recordId: string): Promise<Buffer> {
		const answer = await fetch(new URL(`photos/${module}/${recordId}`, this.pageUrl));
		if (!answer.ok) throw new Error(await answer.text());
		return Buffer.from(await answer.arrayBuffer());
	}

	/** Back to the state of the start. */
	async reset(): Promise<void> {
		await this.order({ command: 'reset' });
	}

	/** A connected credential, without a browser. */
	async connect(options?: ConnectOptions): Promise<CredentialData> {
		const { scopes, ...rest } = options ?? {};
		const list = scopes === undefined || typeof scopes === 'string' ? scopes : [...scopes];
		return await this.send({ command: 'connect', options: { ...rest, scopes: list } }, resultShapes.credential);
	}

	/** Changes some of the limits. */
	async setLimits(limits: Sent<'set-limits'>['limits']): Promise<void> {
		await this.order({ command: 'set-limits', limits });
	}

	/** Makes records and gives their ids. */
	async addRecords(module: string, count: number, record?: Sent<'add-records'>['record']): Promise<string[]> {
		return await this.send({ command: 'add-records', module, count, record }, resultShapes.ids);
	}

	/** The ids of the records of the start that have no condition. */
	async recordIds(module: string, dataCenter?: string): Promise<string[]> {
		return await this.send({ command: 'record-ids', module, dataCenter }, resultShapes.ids);
	}

	/** Adds a fault and gives its number. */
	async addFault(fault: Sent<'add-fault'>['fault']): Promise<number> {
		return await this.send({ command: 'add-fault', fault }, resultShapes.number);
	}

	/** Adds a storm over the photo calls and gives its number. */
	async storm(storm: Sent<'storm'>['storm']): Promise<number> {
		return await this.send({ command: 'storm', storm }, resultShapes.number);
	}

	/** Lets every access token be expired. */
	async expireTokens(): Promise<void> {
		await this.order({ command: 'expire-tokens' });
	}

	/** Any command that answers nothing: `keep-bytes`, `set-site`, `network-fault`, `advance-clock`, ... */
	async order(command: CommandSent): Promise<void> {
		await this.send(command, resultShapes.nothing);
	}

	private async send<T>(command: CommandSent, shape: z.ZodType<T>): Promise<T> {
		const answer = await fetch(new URL('control', this.pageUrl), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(command),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`The emulator refused "${command.command}": ${text}`);
		return shape.parse(z.object({ result: z.unknown() }).parse(JSON.parse(text)).result);
	}

	private async read<T>(path: string, shape: z.ZodType<T>): Promise<T> {
		const answer = await fetch(new URL(path, this.pageUrl));
		if (!answer.ok) throw new Error(await answer.text());
		const value: unknown = await answer.json();
		return shape.parse(value);
	}
}
