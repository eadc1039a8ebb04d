import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect, type TLSSocket } from 'node:tls';

import type { Emulator } from './emulator.cts';

/** What is to be sent. */
export interface ProxiedRequest {
	url: string;
	method?: string;
	headers?: Record<string, string>;
	body?: Buffer | string;
}

/** What came back. */
export interface ProxiedAnswer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: Buffer;
	/** The body read as JSON; an empty object when it is empty. @throws SyntaxError when it is something else */
	json(): Record<string, unknown>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Opens a tunnel to a host through the emulator's proxy. @throws Error when the proxy refuses */
async function tunnel(emulator: Emulator, host: string): Promise<Socket> {
	const proxy = new URL(emulator.proxyUrl);
	return await new Promise((resolve, reject) => {
		const asked = httpRequest({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: host, agent: false });
		asked.once('error', reject);
		asked.once('connect', (answer, socket) => {
			if (answer.statusCode === 200) resolve(socket);
			else {
				socket.destroy();
				reject(new Error(`CONNECT was answered ${answer.statusCode ?? 0}`));
			}
		});
		asked.end();
	});
}

/** Opens a TLS connection to a host of the emulator, trusting its CA only. @throws Error of TLS or of the proxy */
export async function openTls(emulator: Emulator, host: string): Promise<TLSSocket> {
	const socket = await tunnel(emulator, `${host}:443`);
	return await new Promise((resolve, reject) => {
		const secure = tlsConnect({ socket, servername: host, ca: readFileSync(emulator.caFile) }, () => resolve(secure));
		secure.once('error', reject);
	});
}

/**
 * Sends one request through the emulator's proxy on a connection of its own. The body is sent as it is, and the
 * headers are those given (content-length is added only when there is neither that nor a transfer-encoding).
 * @throws Error when the connection breaks
 */
export async function proxiedRequest(emulator: Emulator, wanted: ProxiedRequest): Promise<ProxiedAnswer> {
	const url = new URL(wanted.url);
	const socket = await openTls(emulator, url.hostname);
	const lower = Object.keys(wanted.headers ?? {}).map((name) => name.toLowerCase());
	const isFramed = lower.includes('content-length') || lower.includes('transfer-encoding');
	const length = Buffer.byteLength(wanted.body ?? '');
	try {
		return await new Promise((resolve, reject) => {
			const request = httpsRequest({
				createConnection: () => socket,
				host: url.hostname,
				port: 443,
				defaultPort: 443,
				path: `${url.pathname}${url.search}`,
				method: wanted.method ?? 'GET',
				headers: { ...(isFramed || !wanted.body ? {} : { 'content-length': length }), ...wanted.headers },
			});
			request.once('error', reject);
			request.once('response', (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.once('error', reject);
				response.once('end', () => {
					const body = Buffer.concat(chunks);
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						body,
						json: () => {
							const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
							return isRecord(value) ? value : {};
						},
					});
				});
			});
			request.end(wanted.body);
		});
	} finally {
		socket.destroy();
	}
}
