import type { Login } from '../account/login.cts';
import { askAccounts, type Connection } from '../account/signIn.cts';
import type { ApiCall, Client } from '../calls/client.cts';
import type { HttpAnswer, Transport } from '../calls/transport.cts';
import { isDone } from '../calls/words.cts';
import { FORM_TYPE, formBody, type FormPart } from './form.cts';
import type { OwnLead } from './ownLead.cts';

/** What a laboratory is made of. */
export interface LabParts {
	transport: Transport;
	client: Client;
	login: Login;
	connection: Connection;
	lead: OwnLead;
	/** Whether many calls may be sent at once. */
	mayProvoke429: boolean;
}

/** How an upload differs from the plain one. */
export interface UploadOptions {
	/** Default `v8`. */
	version?: string;
	/** Default: the lead's own. */
	address?: string;
	/** Default `?restrict_triggers=workflow`, so that no workflow starts. */
	query?: string;
	contentType?: string;
	body?: Buffer;
	isChunked?: boolean;
}

/** Says that a question could not be asked here, and why. */
export class NotAsked extends Error {}

/** What questions work with: calls, and the run's own lead. */
export class Lab {
	/** Whether uploads ask that no workflow starts; off once Zoho refused that. */
	holdsTriggers = true;

	constructor(private readonly parts: LabParts) {}

	get lead(): OwnLead {
		return this.parts.lead;
	}

	get connection(): Connection {
		return this.parts.connection;
	}

	get login(): Login {
		return this.parts.login;
	}

	get mayProvoke429(): boolean {
		return this.parts.mayProvoke429;
	}

	/** Calls that questions may still make. */
	get callsLeft(): number {
		return this.parts.client.left;
	}

	/** The lead's photo address in a version. */
	photoPath(version = 'v8'): string {
		return `/crm/${version}/Leads/${this.lead.id}/photo`;
	}

	/** Makes a call to the CRM API. @throws Error when no answer came */
	async call(call: ApiCall): Promise<HttpAnswer> {
		return await this.parts.client.ask(call);
	}

	/** GET of an address from the version on, such as `v8/Leads`. @throws Error when no answer came */
	async get(address: string): Promise<HttpAnswer> {
		return await this.call({ path: `/crm/${address}` });
	}

	/** Sends JSON. @throws Error when no answer came */
	async send(method: string, address: string, value: object, contentType = 'application/json'): Promise<HttpAnswer> {
		const body = Buffer.from(JSON.stringify(value));
		return await this.call({ method, path: `/crm/${address}`, headers: { 'content-type': contentType }, body });
	}

	/** Asks the accounts server, which costs no credit. @throws Error when no answer came */
	async accounts(fields: Readonly<Record<string, string>>, login: Partial<Login> = {}): Promise<HttpAnswer> {
		return await askAccounts(this.parts.transport, { ...this.login, ...login }, fields);
	}

	/** Uploads onto the lead. @param parts one file, or the parts of a form; @throws Error when no answer came */
	async upload(parts: Buffer | readonly FormPart[], options: UploadOptions = {}): Promise<HttpAnswer> {
		const quiet = this.holdsTriggers ? '?restrict_triggers=workflow' : '';
		const { version, query = quiet, contentType = FORM_TYPE, isChunked } = options;
		return await this.call({
			method: 'POST',
			path: `${options.address ?? this.photoPath(version)}${query}`,
			headers: { 'content-type': contentType },
			body: options.body ?? formBody(Buffer.isBuffer(parts) ? [{ bytes: parts }] : parts),
			isChunked,
		});
	}

	/** The lead's photo as it is now. @throws Error when no answer came */
	async download(): Promise<HttpAnswer> {
		return await this.call({ path: this.photoPath() });
	}

	/** Deletes the lead's photo. @throws Error when no answer came */
	async remove(): Promise<HttpAnswer> {
		return await this.call({ method: 'DELETE', path: this.photoPath() });
	}

	/** An answer on which a question rests. @throws NotAsked when that was refused: the refusal has a row of its own */
	resting(answer: HttpAnswer, what: string): HttpAnswer {
		if (!isDone(answer)) throw new NotAsked(`${what} was refused`);
		return answer;
	}
}
