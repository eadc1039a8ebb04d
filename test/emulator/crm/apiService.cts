import type { IncomingMessage } from 'node:http';

import type { Call } from '../callLog.cts';
import type { TokenStore } from '../accounts/tokens.cts';
import { type Answer, drain } from '../network/answer.cts';
import type { DataCenter, Environment } from '../network/dataCenters.cts';
import { type ApiCall, apiVersions } from './apiCall.cts';
import type { CoqlEndpoint } from './coqlEndpoint.cts';
import type { CreateEndpoint } from './createEndpoint.cts';
import { errorAnswer, zohoErrors } from './errors.cts';
import type { FieldFilesEndpoint } from './fieldFilesEndpoint.cts';
import type { FilesEndpoint } from './filesEndpoint.cts';
import type { Limits } from './limits.cts';
import type { PhotoEndpoint } from './photoEndpoint.cts';
import type { RecordsEndpoint } from './recordsEndpoint.cts';
import type { SearchEndpoint } from './searchEndpoint.cts';
import type { SettingsEndpoint } from './settingsEndpoint.cts';
import type { UpdateEndpoint } from './updateEndpoint.cts';

/** Where an API path leads. */
type Route =
	| { to: 'photo'; module: string; recordId: string }
	| { to: 'record'; module: string; recordId: string }
	| { to: 'list' | 'search'; module: string }
	| { to: 'update'; module: string; recordId: string | undefined }
	| { to: 'fieldFile'; module: string; recordId: string }
	| { to: 'modules' | 'fields' | 'coql' | 'files' };

/** What an API path says, whether it is served or not. */
export interface ApiPath {
	version: string;
	module: string | undefined;
	recordId: string | undefined;
	route: Route | undefined;
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** Reads `/crm/{version}/...`; undefined when the path has another form. */
export function readApiPath(path: string): ApiPath | undefined {
	const [empty, crm, version, ...rest] = path.split('/').map(decoded);
	if (empty !== '' || crm !== 'crm' || version === undefined) return undefined;
	const [first, second, third] = rest;
	if (first === undefined || first === '') return { version, module: undefined, recordId: undefined, route: undefined };
	if (first === 'settings') {
		const to = rest.length === 2 && (second === 'modules' || second === 'fields') ? second : undefined;
		return { version, module: undefined, recordId: undefined, route: to ? { to } : undefined };
	}
	if ((first === 'coql' || first === 'files') && rest.length === 1) {
		return { version, module: undefined, recordId: undefined, route: { to: first } };
	}
	const module = first;
	if (second === undefined) return { version, module, recordId: undefined, route: { to: 'list', module } };
	if (second === 'search' && third === undefined) {
		return { version, module, recordId: undefined, route: { to: 'search', module } };
	}
	const recordId = second;
	if (third === undefined) return { version, module, recordId, route: { to: 'record', module, recordId } };
	if (third === 'actions' && rest.length === 4 && rest[3] === 'download_fields_attachment') {
		return { version, module, recordId, route: { to: 'fieldFile', module, recordId } };
	}
	const isPhoto = third === 'photo' && rest.length === 3;
	return { version, module, recordId, route: isPhoto ? { to: 'photo', module, recordId } : undefined };
}

/** What other addresses than the photo's take instead of GET. */
const verbs: Partial<Record<Route['to'], string>> = { coql: 'POST', files: 'POST', update: 'PUT' };

/** Where a PUT leads: records are read and updated at the same addresses. */
function asUpdate(route: Route): Route {
	if (route.to === 'record') return { ...route, to: 'update' };
	return route.to === 'list' ? { to: 'update', module: route.module, recordId: undefined } : route;
}

/** What the API hosts are made of. */
export interface ApiServiceParts {
	tokens: TokenStore;
	limits: Limits;
	coql: CoqlEndpoint;
	create: CreateEndpoint;
	fieldFiles: FieldFilesEndpoint;
	files: FilesEndpoint;
	photo: PhotoEndpoint;
	records: RecordsEndpoint;
	search: SearchEndpoint;
	settings: SettingsEndpoint;
	update: UpdateEndpoint;
}

/** An answer, how long to hold it back, and what to do when it leaves. */
export interface ApiOutcome {
	/** Undefined: the client went away before its body ended. */
	answer: Answer | undefined;
	delayMs: number;
	/**
	 * Gives the call's place free; to be called just before the answer is sent, else a quick client finds its own place
	 * taken.
	 */
	leave: () => void;
}

function refused(answer: Answer): ApiOutcome {
	return { answer, delayMs: 0, leave: () => undefined };
}

/** What answers on the API hosts. */
export class ApiService {
	/** Versions in which the photo address answers API_NOT_SUPPORTED. */
	readonly versionsWithoutPhoto = new Set<string>();

	constructor(private readonly parts: ApiServiceParts) {}

	/** Back to all versions. */
	clear(): void {
		this.versionsWithoutPhoto.clear();
	}

	/**
	 * Answers one request: URL and method, then token, then limits, then what the address itself checks (zoho-api.md
	 * 10.4).
	 */
	async answer(
		request: IncomingMessage,
		url: URL,
		host: { dataCenter: DataCenter; environment: Environment },
		call: Call,
	): Promise<ApiOutcome> {
		const method = request.method ?? '';
		const path = readApiPath(url.pathname);
		const read = path && apiVersions.includes(path.version) ? path.route : undefined;
		const route = method === 'PUT' && read ? asUpdate(read) : read;
		if (!path || !route) return await this.drained(request, errorAnswer(zohoErrors.invalidUrl));
		const takesMethod =
			route.to === 'photo'
				? this.parts.photo.takes(method)
				: method === (verbs[route.to] ?? 'GET') || (route.to === 'list' && method === 'POST');
		if (!takesMethod) return await this.drained(request, errorAnswer(zohoErrors.invalidMethod));
		if (route.to === 'photo' && this.versionsWithoutPhoto.has(path.version)) {
			return await this.drained(request, errorAnswer(zohoErrors.apiNotSupported));
		}

		const header = /^(Zoho-oauthtoken|Bearer)\s+(\S+)$/i.exec(request.headers.authorization ?? '');
		call.authScheme = header?.[1];
		const text = header?.[2];
		if (text === undefined) return await this.drained(request, errorAnswer(zohoErrors.authenticationFailure));
		call.tokenGeneration = this.parts.tokens.generationOf(text);
		const good = this.parts.tokens.findAccessToken(text);
		if (good) this.parts.tokens.countCall();
		const token = this.parts.tokens.findAccessToken(text);
		// A good token of another data center or environment is as unknown here as a made-up one (zoho-api.md 2.2).
		const isAtHome = token?.org.dataCenter === host.dataCenter && token.org.environment === host.environment;
		if (!token || !isAtHome) return await this.drained(request, errorAnswer(zohoErrors.invalidToken));

		const leave = this.parts.limits.enter(token.org);
		if (typeof leave !== 'function') {
			return await this.drained(request, {
				...leave,
				headers: { ...leave.headers, ...this.parts.limits.headers(token.org) },
			});
		}
		try {
			const { limits } = this.parts;
			const answer = await this.dispatch({ request, url, method, version: path.version, token, call }, route);
			const delayMs = route.to === 'photo' || route.to === 'files' ? limits.latencyMs : limits.otherLatencyMs;
			return { answer: answer && this.withCredits(answer, token.org), delayMs, leave };
		} catch (reason) {
			leave();
			throw reason;
		}
	}

	private withCredits(answer: Answer, org: ApiCall['token']['org']): Answer {
		return { ...answer, headers: { ...answer.headers, ...this.parts.limits.headers(org) } };
	}

	/** Assumption: a refusal comes at once, but only after the body was taken in, as a gateway in front of Zoho does. */
	private async drained(request: IncomingMessage, answer: Answer): Promise<ApiOutcome> {
		return (await drain(request)) ? refused(answer) : { answer: undefined, delayMs: 0, leave: () => undefined };
	}

	private async dispatch(api: ApiCall, route: Route): Promise<Answer | undefined> {
		const { coql, create, fieldFiles, files, photo, records, search, settings, update } = this.parts;
		if (route.to === 'photo') return await photo.answer(api, route.module, route.recordId);
		if (route.to === 'coql') return await coql.answer(api);
		if (route.to === 'files') return await files.answer(api);
		if (route.to === 'update') return await update.answer(api, route.module, route.recordId);
		if (route.to === 'list' && api.method === 'POST') return await create.answer(api, route.module);
		await drain(api.request);
		if (route.to === 'fieldFile') return fieldFiles.answer(api, route.module, route.recordId);
		if (route.to === 'record') return records.one(api, route.module, route.recordId);
		if (route.to === 'list') return records.list(api, route.module);
		if (route.to === 'search') return search.answer(api, route.module);
		return route.to === 'modules' ? settings.moduleList(api) : settings.fieldList(api);
	}
}
