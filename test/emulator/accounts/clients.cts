/** An OAuth client as registered in Zoho's API console. */
export interface OAuthClient {
	clientId: string;
	clientSecret: string;
	/** Addresses Zoho may send the user back to; undefined: any (a test's n8n has a port nobody knows beforehand). */
	redirectUris?: string[];
	/** Locations where the client exists ("Multi-DC" in the API console); undefined: all. */
	locations?: string[];
}

/** The client that exists from the start, in all data centers. */
export const defaultClient: OAuthClient = {
	clientId: '1000.EMULATEDZOHOCLIENT00000000000001',
	clientSecret: 'emulated0zoho0client0secret00000000000001',
};

/** Registered OAuth clients. */
export class OAuthClients {
	private readonly clients = new Map<string, OAuthClient>();

	constructor() {
		this.clear();
	}

	/** Registers a client, or changes one. */
	set(client: OAuthClient): void {
		this.clients.set(client.clientId, client);
	}

	/** The client with this id, if it is known at this location. */
	find(clientId: string | undefined, location: string): OAuthClient | undefined {
		const client = this.clients.get(clientId ?? '');
		return client?.locations && !client.locations.includes(location) ? undefined : client;
	}

	/** Back to the one default client. */
	clear(): void {
		this.clients.clear();
		this.set(defaultClient);
	}
}
