import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { installCore, OLDER_CORES } from './cores/install.cts';
import {
	startEngine,
	type CredentialData,
	type Engine,
	type InputItem,
	type RunRequest,
	type WorkflowJson,
	type WorkflowNode,
} from './harness/engine.cts';

const FIXTURE = path.join(__dirname, 'harness/fixture');
const PROJECT = path.resolve(__dirname, '../..');
const CORES = process.env.ENGINE_CORES === 'all' ? ['root', ...OLDER_CORES] : ['root'];
const CREDENTIAL = 'fixtureOAuth2Api';

/** Keeps one valid token; `/token` gives a new one for the refresh token, everything else wants it. */
class TokenServer {
	token = 'token-0';
	requests: string[] = [];
	files: Array<{ sha: string; fileName: string; type: string }> = [];
	private readonly server: Server = createServer((request, response) => void this.answer(request, response));

	async listen(): Promise<string> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('No port');
		return `http://127.0.0.1:${address.port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	/** Forgets what was asked so far and puts another token in force. */
	expire(): void {
		this.requests = [];
		this.files = [];
		this.token = `token-${randomBytes(4).toString('hex')}`;
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const body = Buffer.concat(chunks);
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		const signed = request.headers.authorization === `Bearer ${this.token}`;
		this.requests.push(`${request.method} ${pathname} ${pathname === '/token' ? body.toString() : signed}`);
		if (pathname === '/token') return reply(response, 200, { access_token: this.token, expires_in: 3600 });
		if (!signed) return reply(response, 401, { code: 'INVALID_TOKEN' });
		if (pathname === '/names') {
			const { filter, page, label } = Object.fromEntries(searchParams);
			return reply(response, 200, { names: [`${label}-${filter}-${page}`], next: 'page-2' });
		}
		const headers = { 'content-type': request.headers['content-type'] ?? '' };
		const file = (await new Response(body, { headers }).formData()).get('file');
		if (file === null || typeof file === 'string') return reply(response, 400, { code: 'NO_FILE' });
		const bytes = Buffer.from(await file.arrayBuffer());
		this.files.push({ sha: sha(bytes), fileName: file.name, type: file.type });
		return reply(response, 200, { stored: pathname });
	}
}

function reply(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sha(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

function fixture(operation: string, more: Partial<WorkflowNode> = {}): WorkflowNode {
	return {
		name: 'Fixture',
		type: 'n8n-nodes-harness-fixture.fixture',
		parameters: { operation, label: '={{ $json.label }}' },
		credentials: { [CREDENTIAL]: { id: 'c1', name: 'Fixture account' } },
		...more,
	};
}

/** One node after another, each on the first output of the one before. */
function chain(...nodes: WorkflowNode[]): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	nodes.slice(1).forEach(({ name: node }, index) => {
		connections[nodes[index]?.name ?? ''] = { main: [[{ node, type: 'main', index: 0 }]] };
	});
	return { nodes, connections };
}

/** What a run of the fixture can be given beside its items: the run's own settings, and the node's. */
type FixtureRun = Partial<RunRequest> & { node?: Partial<WorkflowNode> };

const source: WorkflowNode = { name: 'Source', type: 'harness.source' };

function photo(label: string, bytes: Buffer): InputItem {
	return { json: { label }, binary: { data: { data: bytes, fileName: `${label}.jpg`, mimeType: 'image/jpeg' } } };
}

describe.each(CORES)('engine with n8n-core %s', (core) => {
	const server = new TokenServer();
	let coreFolder: string;
	let engine: Engine;
	let inMemory: Engine;
	let credential: CredentialData;

	beforeAll(async () => {
		coreFolder = core === 'root' ? PROJECT : await installCore(core);
		const options = { core: coreFolder, packageFolder: FIXTURE };
		[engine, inMemory] = await Promise.all([
			startEngine({ ...options, binaryMode: 'filesystem' }),
			startEngine({ ...options, binaryMode: 'default' }),
		]);
		credential = {
			server: await server.listen(),
			clientId: 'client',
			clientSecret: 'secret',
			oauthTokenData: { access_token: 'token-0', refresh_token: 'refresh-0', api_domain: 'kept' },
		};
	}, 120_000);

	beforeEach(() => server.expire());

	afterAll(async () => {
		await Promise.all([engine.close(), inMemory.close(), server.close()]);
	});

	/** Runs the fixture's operation on the items, with the fixture's credential. */
	async function run(operation: string, items: InputItem[], more: FixtureRun = {}) {
		const { node, ...request } = more;
		const workflow = chain(source, fixture(operation, node));
		return await engine.run({ workflow, items, credentials: { c1: credential }, ...request });
	}

	it('gives the package the n8n-workflow of the core, and nothing else to load', async () => {
		const { nodes } = await run('modules', [{ json: {} }]);
		const shared = path.join(await realpath(coreFolder), 'node_modules/n8n-workflow/dist/cjs/index.js');
		expect(nodes.Fixture?.output[0]?.[0]?.json.found).toEqual({
			'n8n-workflow': shared,
			'n8n-core': null,
			'form-data': null,
			axios: null,
			lodash: null,
		});
	});

	describe('binary data', () => {
		it.each(['filesystem', 'default'])('survives in mode %s, byte for byte', async (mode) => {
			const bytes = randomBytes(300_000);
			const { nodes } = await (mode === 'default' ? inMemory : engine).run({
				workflow: chain(source, fixture('copy')),
				items: [photo('ada', bytes)],
				credentials: { c1: credential },
			});
			const copy = nodes.Fixture?.output[0]?.[0]?.binary?.copy;
			expect(copy?.data.equals(bytes)).toBe(true);
			expect(copy).toMatchObject({ fileName: 'ada.jpg', mimeType: 'image/jpeg', fileSize: '300 kB' });
			expect(copy?.id?.split(':')[0]).toBe(mode === 'default' ? undefined : 'filesystem-v2');
		});

		it('comes from files, and without a name or a MIME type', async () => {
			const folder = await mkdtemp(path.join(os.tmpdir(), 'harness-test-'));
			const bytes = randomBytes(10_000);
			const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
			await writeFile(path.join(folder, 'photo'), bytes);
			const { nodes } = await run('copy', [
				{ json: {}, binary: { data: { data: { file: path.join(folder, 'photo') }, fileName: 'a.bmp' } } },
				{ json: {}, binary: { data: { data: png } } },
			]);
			await rm(folder, { recursive: true });
			const [file, nameless] = (nodes.Source?.output[0] ?? []).map(({ binary }) => binary?.data);
			expect(file?.data.equals(bytes)).toBe(true);
			expect(file).toMatchObject({ fileName: 'a.bmp', mimeType: 'image/bmp' });
			expect(nameless?.data.equals(png)).toBe(true);
			expect(nameless).toMatchObject({ fileName: undefined, mimeType: 'image/png' });
		});

		if (core === 'root') {
			it('lies in the JSON with the workflow setting "combined"', async () => {
				const bytes = randomBytes(1000);
				const copy = fixture('copy', { parameters: { operation: 'copy', field: '_files.data', label: 'copied' } });
				const workflow = { ...chain(source, copy), settings: { binaryMode: 'combined' } };
				const { nodes } = await engine.run({ workflow, items: [photo('ada', bytes)] });
				for (const [node, field] of [
					['Source', 'data'],
					['Fixture', 'copy'],
				] as const) {
					const item = nodes[node]?.output[0]?.[0];
					expect(item?.json).toMatchObject({ _files: { [field]: { fileName: 'ada.jpg' } } });
					expect(item?.binary?.[field]?.data.equals(bytes)).toBe(true);
				}
			});
		}
	});

	describe('items', () => {
		const items = ['a', 'bad', 'c'].map((label) => ({ json: { label, kept: true } }));

		it('resolves expressions for each item and keeps the pairing', async () => {
			const { status, nodes } = await run(
				'check',
				[items[0], items[2]].flatMap((item) => item ?? []),
			);
			expect(status).toBe('success');
			expect(nodes.Fixture?.output).toEqual([
				[
					{ json: { label: 'a' }, pairedItem: { item: 0 } },
					{ json: { label: 'c' }, pairedItem: { item: 1 } },
				],
			]);
		});

		it('routes a failed item to the error branch, with its input', async () => {
			const { status, nodes } = await run('check', items, { node: { onError: 'continueErrorOutput' } });
			expect(status).toBe('success');
			expect(nodes.Fixture?.output[0]?.map(({ json }) => json.label)).toEqual(['a', 'c']);
			expect(nodes.Fixture?.output[1]).toEqual([
				{ json: { label: 'bad', kept: true, error: 'The label is bad' }, pairedItem: { item: 1 } },
			]);
		});

		it('reports the error that stops the execution', async () => {
			const { status, error, nodes } = await run('check', items);
			expect(status).toBe('error');
			expect(error).toMatchObject({
				name: 'NodeOperationError',
				message: 'The label is bad',
				description: 'Take another.',
				context: { itemIndex: 1 },
			});
			expect(nodes.Fixture).toMatchObject({ status: 'error', error: { name: 'NodeOperationError' }, output: [] });
		});
	});

	describe('credentials', () => {
		it('resolves hidden fields from the visible ones', async () => {
			const { nodes } = await run('credential', [{ json: {} }]);
			expect(nodes.Fixture?.output[0]?.[0]?.json).toEqual({
				authUrl: `${credential.server}/auth`,
				accessTokenUrl: `${credential.server}/token`,
				authentication: 'body',
				grantType: 'authorizationCode',
			});
		});

		it('takes stored hidden URLs only on a core whose n8n does', async () => {
			const stored = { ...credential, accessTokenUrl: 'http://elsewhere.example/token' };
			const { nodes } = await run('credential', [{ json: {} }], { credentials: { c1: stored } });
			const used = core === 'root' ? `${credential.server}/token` : 'http://elsewhere.example/token';
			expect(nodes.Fixture?.output[0]?.[0]?.json.accessTokenUrl).toBe(used);
		});

		it('refreshes after a 401, sends the same bytes again, and stores the token', async () => {
			const photos = [randomBytes(50_000), randomBytes(60_000)];
			const { status, credentials, tokenUpdates } = await run(
				'send',
				photos.map((bytes, n) => photo(`p${n}`, bytes)),
			);
			expect(status).toBe('success');
			expect(server.requests).toEqual([
				'POST /files/p0 false',
				expect.stringMatching(/^POST \/token (?=.*refresh_token=refresh-0)(?=.*client_secret=secret)/),
				'POST /files/p0 true',
				'POST /files/p1 true',
			]);
			expect(server.files).toEqual(
				photos.map((bytes, n) => ({ sha: sha(bytes), fileName: `p${n}.jpg`, type: 'image/jpeg' })),
			);
			expect(tokenUpdates).toBe(1);
			const stored = { access_token: server.token, refresh_token: 'refresh-0', api_domain: 'kept' };
			expect(credentials.c1).toMatchObject({ clientSecret: 'secret', oauthTokenData: stored });
			expect(await engine.storedCredentials()).toMatchObject({ c1: { oauthTokenData: stored } });
		});

		it('uses what is stored when a run brings no credential', async () => {
			await engine.storeCredentials({ c1: { ...credential, oauthTokenData: { access_token: server.token } } });
			const runs = ['x', 'y'].map((label) => run('send', [photo(label, randomBytes(9))], { credentials: {} }));
			const results = await Promise.all(runs);
			expect(results.map(({ status, tokenUpdates }) => ({ status, tokenUpdates }))).toEqual(
				Array(2).fill({ status: 'success', tokenUpdates: 0 }),
			);
			expect(server.requests.sort()).toEqual(['POST /files/x true', 'POST /files/y true']);
		});

		it('refreshes when a node asks for it', async () => {
			const { status, tokenUpdates, credentials } = await run('refresh', [{ json: {} }]);
			expect({ status, tokenUpdates }).toEqual({ status: 'success', tokenUpdates: 1 });
			expect(server.requests).toHaveLength(1);
			expect(credentials.c1).toMatchObject({ oauthTokenData: { access_token: server.token } });
		});

		it('says which credential is missing', async () => {
			const node = { credentials: { [CREDENTIAL]: { id: 'none', name: 'None' } } };
			const { error } = await run('credential', [{ json: {} }], { node });
			expect(error?.message).toContain('Credential with ID "none" does not exist');
		});
	});

	describe('cancelling', () => {
		it('stops a run from outside', async () => {
			const running = run('wait', [{ json: {} }], { executionId: 'mine' });
			while (!(await engine.cancel('mine'))) await new Promise((resolve) => setTimeout(resolve, 5));
			expect((await running).status).toBe('canceled');
			expect(await engine.cancel('mine')).toBe(false);
		});

		it('stops a run after a while', async () => {
			expect((await run('wait', [{ json: {} }], { cancelAfter: 30 })).status).toBe('canceled');
		});
	});

	it("brings a node's hints out", async () => {
		const { nodes } = await run('hint', [{ json: {} }]);
		expect(nodes.Fixture?.hints).toEqual([{ message: 'Look here', location: 'outputPane' }]);
	});

	it('records everything that was logged and printed during the run, and nothing of before', async () => {
		await run('speak', [{ json: { label: 'first' } }]);
		const long = 'second'.repeat(50_000);
		const text = (await run('speak', [{ json: { label: long } }])).logs.join('\n');
		expect(text).toContain(`logged ${long}`);
		expect(text).toContain(`printed ${long}`);
		expect(text).toContain('said on stderr');
		expect(text).toContain('Running node \\"Fixture\\" started');
		expect(text).not.toContain('first');
	});

	it('gives the whole execution as it would be stored, when asked', async () => {
		const { executionData } = await run('check', [{ json: { label: 'needle' } }], { keepExecutionData: true });
		expect(executionData).toContain('needle');
		expect((await run('check', [{ json: { label: 'needle' } }])).executionData).toBeUndefined();
	});

	it("runs workflows with n8n's own nodes and puts sources in the place of others", async () => {
		const set: WorkflowNode = {
			name: 'Set',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				includeOtherFields: true,
				assignments: { assignments: [{ id: 'a', name: 'label', value: '={{ $json.n + 1 }}', type: 'number' }] },
			},
		};
		const workflow = chain(
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Read', type: 'n8n-nodes-base.readWriteFile' },
			{ name: 'Pass', type: 'n8n-nodes-base.noOp' },
			set,
			fixture('copy'),
		);
		const bytes = randomBytes(100);
		const read = [1, 2].map((n) => ({ json: { n }, binary: { data: { data: bytes, fileName: `${n}.png` } } }));
		const { nodes } = await engine.run({ workflow, standIns: { Read: read }, omitOutput: ['Read'] });
		expect(nodes.Fixture?.output[0]?.map(({ json }) => json.label)).toEqual([2, 3]);
		expect(nodes.Fixture?.output[0]?.[1]?.binary?.copy).toMatchObject({ fileName: '2.png', data: bytes });
		expect(nodes.Read?.output).toEqual([]);
	});

	describe('a tool of an agent', () => {
		/** What the agent gets when it calls the fixture's operation with this label. */
		async function call(operation: string, given: string) {
			const agent: WorkflowNode = { name: 'Agent', type: 'harness.agent', parameters: { arguments: { l: given } } };
			const label = "={{ $fromAI('l', 'The label', 'string') }}";
			const type = 'n8n-nodes-harness-fixture.fixtureTool';
			const workflow = chain(source, agent);
			workflow.nodes.push(fixture(operation, { name: 'Tool', type, parameters: { operation, label } }));
			workflow.connections.Tool = { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] };
			return (await engine.run({ workflow, credentials: { c1: credential } })).nodes.Agent?.output[0]?.[0]?.json;
		}

		it('gets the arguments and gives its items', async () => {
			expect(await call('check', 'given')).toMatchObject({
				tool: 'Tool',
				description: 'Uses what the harness offers',
				response: JSON.stringify([{ label: 'given' }]),
			});
		});

		it('gives its message when it throws', async () => {
			expect(await call('check', 'bad')).toMatchObject({ error: 'The label is bad\n\nDetails: Take another.' });
		});
	});

	describe('list search', () => {
		const request = {
			nodeType: 'n8n-nodes-harness-fixture.fixture',
			method: 'search',
			parameters: { label: 'L' },
			credentials: { [CREDENTIAL]: 'c1' },
		};

		it("runs in the editor's context, with refresh", async () => {
			await engine.storeCredentials({ c1: credential });
			const { results, paginationToken, tokenUpdates } = await engine.listSearch({
				...request,
				filter: 'ad',
				paginationToken: 'page-1',
			});
			expect(results).toEqual([{ name: 'L-ad-page-1', value: 'L-ad-page-1' }]);
			expect(paginationToken).toBe('page-2');
			expect(tokenUpdates).toBe(1);
		});

		it('gives what the method throws', async () => {
			await engine.storeCredentials({ c1: { ...credential, oauthTokenData: undefined } });
			const { results, error } = await engine.listSearch(request);
			expect(results).toEqual([]);
			expect(error?.message).toBe('OAuth credentials not connected');
		});
	});

	it('refuses what n8n refuses to start', async () => {
		await expect(engine.run({ workflow: chain({ name: 'X', type: 'n8n-nodes-base.http' }) })).rejects.toThrow(
			'Unrecognized node type: n8n-nodes-base.http',
		);
	});

	it('rejects the open runs with the last words of a process that ends', async () => {
		const doomed = await startEngine({ core: coreFolder, packageFolder: FIXTURE });
		const waiting = doomed.run({ workflow: chain(source, fixture('wait')), credentials: { c1: credential } });
		const crash = doomed.run({ workflow: chain(source, fixture('crash')), credentials: { c1: credential } });
		await expect(crash).rejects.toThrow(/ended with exit code 7[^]*about to end/);
		await expect(waiting).rejects.toThrow('ended with exit code 7');
		await doomed.close();
	});

	it('tells what it uses', async () => {
		const { rss, peakRss } = await engine.memory();
		expect(rss).toBeGreaterThan(50_000_000);
		expect(peakRss).toBeGreaterThanOrEqual(rss * 0.9);
		expect((await engine.cpu()).userMs).toBeGreaterThan(100);
	});
});

it('says why a package cannot be loaded', async () => {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'harness-test-'));
	const manifest = { name: 'n8n-nodes-broken', files: ['x.node.js'], n8n: { nodes: ['x.node.js'] } };
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await writeFile(path.join(folder, 'x.node.js'), 'require("form-data");');
	await expect(startEngine({ packageFolder: folder })).rejects.toThrow("Cannot find module 'form-data'");
	await rm(folder, { recursive: true });
});
