import { isRecord, dig, listAt, textAt } from '../json.cts';

/** The owner of every n8n that is started here. */
export const OWNER = { email: 'ada@zylker.example', firstName: 'Ada', lastName: 'Lovelace', password: 'Photos4Zylker' };

/** An answer of n8n's REST interface that is no success. */
export class RestRefusal extends Error {
	constructor(
		readonly status: number,
		readonly body: string,
		what: string,
	) {
		super(`${what} was answered ${status}: ${body.slice(0, 800)}`);
	}
}

/** n8n's own REST interface, as its editor uses it. */
export class Rest {
	private readonly cookies = new Map<string, string>();

	/** @param address e.g. `http://127.0.0.1:5678` */
	constructor(readonly address: string) {}

	/** The log-in, for a request of one's own or for a browser: `name=value`, more of them joined by `; `. */
	get cookie(): string {
		return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	/** Name and value of each cookie. */
	get jar(): ReadonlyArray<{ name: string; value: string }> {
		return [...this.cookies].map(([name, value]) => ({ name, value }));
	}

	/**
	 * Sends one request.
	 *
	 * @param path below `/rest`, e.g. `/workflows`
	 * @returns the `data` of the answer
	 * @throws RestRefusal when the status is not 2xx
	 */
	async send(method: string, path: string, body?: object): Promise<unknown> {
		const answer = await fetch(`${this.address}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name !== undefined && value !== undefined) this.cookies.set(name, value);
		}
		const text = await answer.text();
		if (!answer.ok) throw new RestRefusal(answer.status, text, `${method} ${path}`);
		const json: unknown = text === '' ? {} : JSON.parse(text);
		return isRecord(json) && 'data' in json ? json.data : json;
	}

	/** Makes the owner, if there is none, and logs in. */
	async logIn(): Promise<void> {
		const settings = await this.send('GET', '/settings');
		if (dig(settings, 'userManagement', 'showSetupOnFirstLoad') === true) {
			await this.send('POST', '/owner/setup', OWNER);
		}
		await this.send('POST', '/login', {
			emailOrLdapLoginId: OWNER.email,
			email: OWNER.email,
			password: OWNER.password,
		});
	}

	/** Installs a community package by n8n's own installer. @throws RestRefusal with its words */
	async installPackage(name: string, version?: string): Promise<void> {
		await this.send('POST', '/community-packages', { name, ...(version !== undefined && { version }) });
	}

	/** Makes a credential and gives its id. */
	async addCredential(name: string, type: string, data: object): Promise<string> {
		return textAt(await this.send('POST', '/credentials', { name, type, data }), 'id');
	}

	/** Makes a workflow and gives its id. */
	async addWorkflow(workflow: object): Promise<string> {
		// n8n 1 wants to be told that a new workflow is not active.
		return textAt(await this.send('POST', '/workflows', { active: false, ...workflow }), 'id');
	}

	/** Makes a workflow listen to its webhook or form: n8n 2 publishes a version, n8n 1 sets it active. */
	async activate(id: string): Promise<void> {
		const workflow = await this.send('GET', `/workflows/${id}`);
		const versionId = textAt(workflow, 'versionId');
		try {
			await this.send('POST', `/workflows/${id}/activate`, { versionId, name: '', description: '' });
		} catch (reason) {
			if (!(reason instanceof RestRefusal && reason.status === 404)) throw reason;
			await this.send('PATCH', `/workflows/${id}`, { active: true, versionId });
		}
	}

	/** Names of the node types that n8n knows. */
	async nodeTypes(): Promise<string[]> {
		const answer = await fetch(`${this.address}/types/nodes.json`, { headers: { cookie: this.cookie } });
		const types: unknown = await answer.json();
		return listAt(types).map((type) => textAt(type, 'name'));
	}
}
