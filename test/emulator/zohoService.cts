import type { IncomingMessage, ServerResponse } from 'node:http';

import { AccountsService } from './accounts/accountsService.cts';
import { OAuthClients } from './accounts/clients.cts';
import { connect, type ConnectOptions, type CredentialData } from './accounts/connect.cts';
import { TokenStore } from './accounts/tokens.cts';
import { type Call, CallLog, type Counters, type Leak, type SiteCall, type TokenCall } from './callLog.cts';
import { Clock } from './clock.cts';
import { ApiService, readApiPath } from './crm/apiService.cts';
import { CoqlEndpoint } from './crm/coqlEndpoint.cts';
import { CreateEndpoint } from './crm/createEndpoint.cts';
import { errorAnswer, zohoErrors } from './crm/errors.cts';
import { FieldFilesEndpoint } from './crm/fieldFilesEndpoint.cts';
import { FilesEndpoint } from './crm/filesEndpoint.cts';
import { type ImageRules, zohoImageRules } from './crm/imageCheck.cts';
import { ImageFields } from './crm/imageFields.cts';
import { Limits } from './crm/limits.cts';
import { Modules } from './crm/modules.cts';
import { PhotoEndpoint } from './crm/photoEndpoint.cts';
import { Photos } from './crm/photos.cts';
import { Records } from './crm/records.cts';
import { RecordsEndpoint } from './crm/recordsEndpoint.cts';
import { SearchEndpoint } from './crm/searchEndpoint.cts';
import { SettingsEndpoint } from './crm/settingsEndpoint.cts';
import { UpdateEndpoint } from './crm/updateEndpoint.cts';
import { UploadedFiles } from './crm/uploadedFiles.cts';
import { type FaultAnswer, httpAnswerOf, nameOfFault } from './faults/faultAnswers.cts';
import { Faults } from './faults/faults.cts';
import { type Answer, drain, sendAnswer } from './network/answer.cts';
import { type ZohoHost, zohoHost } from './network/dataCenters.cts';
import { NetworkFaults } from './network/networkFaults.cts';
import { Sites } from './network/sites.cts';

/** What the service can do to the connections under it. */
export interface Connections {
	/** Breaks the connection of a request with a TCP reset. */
	reset: (request: IncomingMessage) => void;
	/** Closes the connections to a host, or all. */
	drop: (host?: string) => void;
}

/** What a served call came to, before it is sent. */
interface Outcome {
	answer: Answer | undefined;
	delayMs: number;
	leave: () => void;
}

/** The look of Zoho's tokens: 1000, and two times 32 hexadecimal digits. */
const tokenLook = /1000\.[0-9a-f]{32}\.[0-9a-f]{32}/;

/** The emulated Zoho: its state, its switches, and what it saw. */
export class ZohoService {
	readonly clock = new Clock();
	readonly tokens = new TokenStore(this.clock);
	readonly clients = new OAuthClients();
	readonly modules = new Modules();
	readonly records = new Records(this.modules, this.clock);
	readonly coql = new CoqlEndpoint(this.modules, this.records);
	readonly photos = new Photos();
	readonly imageFields = new ImageFields();
	readonly files = new UploadedFiles();
	readonly faults = new Faults();
	readonly imageRules: ImageRules = { ...zohoImageRules };
	readonly limits: Limits;
	readonly sites: Sites;
	readonly network: NetworkFaults;
	private readonly log = new CallLog();
	private readonly accounts: AccountsService;
	private readonly api: ApiService;
	private connections: Connections = { reset: () => undefined, drop: () => undefined };

	constructor() {
		const { clock, log, modules, records, photos, tokens, imageFields, files, imageRules: rules } = this;
		this.limits = new Limits(log);
		this.sites = new Sites(log, clock);
		this.network = new NetworkFaults((host) => this.connections.drop(host));
		this.accounts = new AccountsService(tokens, this.clients, log, clock);
		this.api = new ApiService({
			tokens,
			limits: this.limits,
			coql: this.coql,
			fieldFiles: new FieldFilesEndpoint(modules, records, imageFields),
			files: new FilesEndpoint(files),
			create: new CreateEndpoint(this.modules, this.records),
			photo: new PhotoEndpoint({ modules, records, photos, rules, clock }),
			records: new RecordsEndpoint(modules, records, clock, imageFields),
			search: new SearchEndpoint(modules, records),
			settings: new SettingsEndpoint(modules, imageFields),
			update: new UpdateEndpoint({ modules, records, imageFields, files, clock }),
		});
	}

	/** API calls, in the order in which they came. */
	get calls(): readonly Call[] {
		return this.log.calls;
	}

	/** Calls to the token and revocation addresses. */
	get tokenCalls(): readonly TokenCall[] {
		return this.log.tokenCalls;
	}

	/** Tokens seen where none belongs. */
	get leaks(): readonly Leak[] {
		return this.log.leaks;
	}

	/** Requests to registered addresses that are not Zoho's. */
	get siteCalls(): readonly SiteCall[] {
		return this.log.siteCalls;
	}

	/** Host names that were asked for and refused. */
	get refusedHosts(): readonly string[] {
		return this.log.refusedHosts;
	}

	/** Counts since the last reset. */
	get counters(): Readonly<Counters> {
		return this.log.counters;
	}

	/** Versions in which the photo address answers API_NOT_SUPPORTED. */
	get versionsWithoutPhoto(): Set<string> {
		return this.api.versionsWithoutPhoto;
	}

	/** The log itself, for the parts of the emulator that write into it. */
	get logBook(): CallLog {
		return this.log;
	}

	/** Makes a connected credential without a browser. See `accounts/connect.cts`. */
	connect(options: ConnectOptions = {}): CredentialData {
		return connect(this.tokens, options);
	}

	/** Is given the connections once they exist. */
	attach(connections: Connections): void {
		this.connections = connections;
	}

	/** Closes the open connections, or those to one host, as a server does that restarts. */
	dropConnections(host?: string): void {
		this.connections.drop(host);
	}

	/** Forgets what was seen, and keeps state and switches. */
	clearLog(): void {
		this.log.clear();
	}

	/** Back to the state of the start: records, no photos, no tokens, no faults, default limits, empty log. */
	reset(): void {
		this.clock.reset();
		this.tokens.clear();
		this.clients.clear();
		this.accounts.clear();
		this.modules.clear();
		this.records.clear();
		this.photos.clear();
		this.imageFields.clear();
		this.files.clear();
		this.coql.clear();
		this.faults.clear();
		this.limits.clear();
		this.sites.clear();
		this.network.clear();
		this.api.clear();
		Object.assign(this.imageRules, zohoImageRules);
		this.log.clear();
	}

	/** True when the emulator answers for this host name. */
	knows(hostName: string): boolean {
		return zohoHost(hostName) !== undefined || this.sites.hasHost(hostName);
	}

	/** Answers one request; `url` is absolute. Never rejects. */
	async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
		// A client that leaves in the middle is no fault of the emulator's.
		request.on('error', () => undefined);
		response.on('error', () => undefined);
		try {
			const host = zohoHost(url.hostname);
			if (!host) await this.sites.answer(request, response, url);
			else if (url.protocol === 'http:') await this.refuseWithoutTls(request, response, url);
			else if (host.kind === 'accounts') await this.handleAccounts(request, response, url, host);
			else await this.handleApi(request, response, url, host);
		} catch (reason) {
			const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
			if (!response.headersSent) sendAnswer(response, { status: 599, body: `The emulator itself is broken: ${text}` });
			else response.destroy();
		}
	}

	private async refuseWithoutTls(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
		if (request.headers.authorization !== undefined) this.noteLeak(url, 'header');
		await drain(request);
		// Assumption: Zoho's hosts do not serve plain http.
		sendAnswer(response, { status: 403, body: 'https only' });
	}

	private noteLeak(url: URL, where: Leak['where']): void {
		this.log.leaks.push({
			at: this.clock.now(),
			host: url.hostname,
			path: url.pathname.replace(tokenLook, '***'),
			where,
		});
	}

	private async handleAccounts(
		request: IncomingMessage,
		response: ServerResponse,
		url: URL,
		host: ZohoHost,
	): Promise<void> {
		const method = request.method ?? '';
		const fault = this.faults.take({
			host: url.hostname,
			isAccounts: true,
			method,
			path: url.pathname,
			module: undefined,
			recordId: undefined,
		});
		if (fault) {
			this.log.tokenCalls.push({
				at: this.clock.now(),
				host: url.hostname,
				grantType: 'unknown',
				status: httpAnswerOf(fault)?.status ?? 0,
				outcome: nameOfFault(fault),
				carriedIn: 'none',
			});
		}
		await this.play(request, response, fault, async () => ({
			answer: await this.accounts.answer(request, url, host.dataCenter),
			delayMs: 0,
			leave: () => undefined,
		}));
	}

	private async handleApi(
		request: IncomingMessage,
		response: ServerResponse,
		url: URL,
		host: Extract<ZohoHost, { kind: 'api' }>,
	): Promise<void> {
		const call = this.openCall(request, url);
		response.once('close', () => {
			if (!response.headersSent) call.durationMs = this.clock.now() - call.at;
			if (!request.complete && call.fault === undefined) this.log.counters.brokenOff++;
		});
		if (url.searchParams.has('access_token') || tokenLook.test(decodeURIComponent(url.href))) {
			this.noteLeak(url, 'url');
			await drain(request);
			// Assumption: a token in the URL is not read, so that the call has none.
			this.finish(response, call, errorAnswer(zohoErrors.authenticationFailure));
			return;
		}
		const { method, path, module, recordId } = call;
		const fault = this.faults.take({ host: url.hostname, isAccounts: false, method, path, module, recordId });
		call.fault = fault && nameOfFault(fault);
		await this.play(request, response, fault, async () => await this.api.answer(request, url, host, call), call);
	}

	private openCall(request: IncomingMessage, url: URL): Call {
		const path = readApiPath(url.pathname);
		const query = [...url.searchParams].map(([name, value]) => [name, tokenLook.test(value) ? '***' : value]);
		const call: Call = {
			at: this.clock.now(),
			host: url.hostname,
			method: request.method ?? '',
			path: url.pathname.replace(tokenLook, '***'),
			query: { ...Object.fromEntries(query), ...(url.searchParams.has('access_token') ? { access_token: '***' } : {}) },
			status: 0,
			code: undefined,
			durationMs: 0,
			tokenGeneration: undefined,
			authScheme: undefined,
			module: path?.module,
			recordId: path?.recordId,
			contentType: request.headers['content-type'],
			contentLength: request.headers['content-length'],
			transferEncoding: request.headers['transfer-encoding'],
			parts: [],
			reason: undefined,
			fault: undefined,
		};
		this.log.calls.push(call);
		return call;
	}

	/** Serves a call, with what a fault does to it. */
	private async play(
		request: IncomingMessage,
		response: ServerResponse,
		fault: FaultAnswer | undefined,
		serve: () => Promise<Outcome>,
		call?: Call,
	): Promise<void> {
		if (fault?.kind === 'reset' && fault.at !== 'answer') {
			if (fault.at === 'body') await this.firstBytes(request);
			this.connections.reset(request);
			return;
		}
		if (fault?.kind === 'hang') {
			await drain(request);
			if (fault.ms === undefined) return;
			await this.clock.pause(fault.ms);
			this.connections.reset(request);
			return;
		}
		const instead = fault && httpAnswerOf(fault);
		const afterWork = fault?.kind === 'http' && fault.afterWork === true;
		if (instead && !afterWork) {
			if (await drain(request)) this.finish(response, call, instead);
			return;
		}
		// Assumption: what was taken in whole is done, also when the client leaves before the answer.
		const outcome = await serve();
		try {
			await this.clock.pause(outcome.delayMs + (fault?.kind === 'slow' ? fault.ms : 0));
		} finally {
			outcome.leave();
		}
		const answer = instead ?? outcome.answer;
		if (!answer) return;
		if (fault?.kind === 'reset') this.breakOff(request, response, answer);
		else this.finish(response, call, answer);
	}

	/** Waits for the first piece of a body, and leaves the rest unread. */
	private async firstBytes(request: IncomingMessage): Promise<void> {
		await new Promise<void>((resolve) => {
			request.once('data', () => resolve());
			request.once('end', () => resolve());
			request.once('close', () => resolve());
		});
		request.pause();
	}

	/** Sends half an answer, and resets the connection. */
	private breakOff(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
		const body = Buffer.from(answer.body ?? '');
		response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length + 1) });
		response.write(body.subarray(0, Math.ceil(body.length / 2)), () => this.connections.reset(request));
	}

	private finish(response: ServerResponse, call: Call | undefined, answer: Answer): void {
		if (answer.status === 429) this.log.counters.tooManyRequests++;
		if (response.destroyed) return;
		if (call) {
			call.status = answer.status;
			call.code = answer.code;
			call.durationMs = this.clock.now() - call.at;
		}
		sendAnswer(response, answer);
	}
}
