import type { IncomingMessage, ServerResponse } from 'node:http';

import type { CallLog } from '../callLog.cts';
import type { Clock } from '../clock.cts';
import { drain } from './answer.cts';

/** How an address that is not Zoho's answers. Everything is optional: by default 200 with an empty body. */
export interface Site {
	status?: number;
	headers?: Record<string, string>;
	body?: Buffer | string;
	/** Answers 302 (or `status`) with this Location. */
	redirectTo?: string;
	/** Milliseconds before the answer begins. */
	delayMs?: number;
	/** Never answers. */
	hang?: boolean;
	/** Closes the connection after this many bytes of the body. */
	resetAfterBytes?: number;
	/** Sends the body this many times over, without content-length: for answers that have no end. */
	repeat?: number;
	/** Milliseconds between two repeats. */
	repeatDelayMs?: number;
}

/** Waits until an answer can take more, or its connection is gone. */
async function roomOrEnd(response: ServerResponse): Promise<void> {
	await new Promise<void>((resolve) => {
		const done = () => {
			response.off('drain', done);
			response.off('close', done);
			resolve();
		};
		response.on('drain', done);
		response.on('close', done);
	});
}

/** Addresses outside Zoho that a test makes reachable, such as a photo on the web. */
export class Sites {
	private readonly sites = new Map<string, Site>();

	constructor(
		private readonly log: CallLog,
		private readonly clock: Clock,
	) {}

	/** Makes an address (with its query, `https://` or `http://`) answer as told. */
	set(url: string, site: Site): void {
		this.sites.set(new URL(url).href, site);
	}

	/** Forgets all addresses. */
	clear(): void {
		this.sites.clear();
	}

	/** True when some registered address has this host name. */
	hasHost(hostName: string): boolean {
		return [...this.sites.keys()].some((url) => new URL(url).hostname === hostName);
	}

	/** Answers a request for `url`; 404 when the host is known but the address is not. */
	async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
		const call = {
			at: this.clock.now(),
			method: request.method ?? '',
			url: url.href,
			status: 0,
			bytesSent: 0,
			userAgent: request.headers['user-agent'],
			accept: request.headers.accept,
		};
		this.log.siteCalls.push(call);
		if (/^(Zoho-oauthtoken|Bearer)\s/i.test(request.headers.authorization ?? '')) {
			this.log.leaks.push({ at: call.at, host: url.hostname, path: url.pathname, where: 'header' });
		}
		await drain(request);
		const site = this.sites.get(url.href) ?? { status: 404, body: 'Not found' };
		if (site.hang) return;
		if (site.delayMs) await this.clock.pause(site.delayMs);
		if (response.destroyed) return;

		call.status = site.status ?? (site.redirectTo ? 302 : 200);
		const body = Buffer.isBuffer(site.body) ? site.body : Buffer.from(site.body ?? '');
		const headers: Record<string, string> = { ...site.headers };
		if (site.redirectTo) headers.location = site.redirectTo;
		if (site.repeat === undefined) headers['content-length'] ??= String(body.length);
		response.writeHead(call.status, headers);
		if (request.method === 'HEAD') {
			response.end();
			return;
		}
		if (site.resetAfterBytes !== undefined) {
			call.bytesSent = Math.min(site.resetAfterBytes, body.length);
			response.write(body.subarray(0, call.bytesSent), () => response.destroy());
			return;
		}
		for (let turn = 0; turn < (site.repeat ?? 1); turn++) {
			if (response.destroyed) return;
			call.bytesSent += body.length;
			if (!response.write(body)) await roomOrEnd(response);
			if (site.repeatDelayMs) await this.clock.pause(site.repeatDelayMs);
		}
		response.end();
	}
}
