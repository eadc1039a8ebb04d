import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { HttpAnswer } from '../../nodes/ZohoCrmPhoto/zoho/answers/answer';
import type { N8n } from '../../nodes/ZohoCrmPhoto/zoho/n8n';
import { ALL_MODULES } from './samples.cts';

/** What the door answers to a request: an answer of Zoho's, or a fault that n8n would reject with. */
export type Scripted = HttpAnswer | Error | 'hang';

/** The token of a generation, in the look of Zoho's. */
export function tokenOf(generation: number): string {
	return `1000.${String(generation).repeat(32)}.${'a'.repeat(32)}`;
}

/** n8n as a test writes it: answers by script, a stored credential, and renewals that do what they are told. */
export class ScriptedDoor implements N8n {
	readonly requests: IHttpRequestOptions[] = [];
	/** The credential that each renewal was asked for with. */
	readonly renewed: ICredentialDataDecryptedObject[] = [];
	cancelled: AbortSignal | undefined;
	stored: ICredentialDataDecryptedObject = {
		dataCenter: 'zoho.com',
		oauthTokenData: {
			access_token: tokenOf(1),
			refresh_token: 'r',
			api_domain: 'https://www.zohoapis.com',
			scope: ALL_MODULES,
		},
	};
	/** What a renewal does; by default Zoho gives the next token. */
	onRenewal: () => Promise<void> | void = () => this.store({ access_token: tokenOf(this.renewals + 1) });

	/** @param answer what comes for a request; `n` counts them from 1, `token` is the one that n8n signed with */
	constructor(private readonly answer: (n: number, options: IHttpRequestOptions, token: unknown) => Scripted) {}

	/** Lays new token data over the stored ones, as n8n does. */
	store(data: object): void {
		this.stored = { ...this.stored, oauthTokenData: { ...Object(this.stored.oauthTokenData), ...data } };
	}

	async credential(): Promise<ICredentialDataDecryptedObject> {
		return await Promise.resolve(structuredClone(this.stored));
	}

	async request(options: IHttpRequestOptions, credential: ICredentialDataDecryptedObject): Promise<unknown> {
		this.requests.push(options);
		const token: unknown = Object(credential.oauthTokenData).access_token;
		const scripted = this.answer(this.requests.length, options, token);
		if (scripted === 'hang') return await new Promise(() => undefined);
		if (scripted instanceof Error) throw scripted;
		const { status, headers, body } = scripted;
		return await Promise.resolve({ statusCode: status, headers, body });
	}

	get renewals(): number {
		return this.renewed.length;
	}

	async renewToken(credential: ICredentialDataDecryptedObject): Promise<void> {
		this.renewed.push(credential);
		await this.onRenewal();
	}
}
