import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { CallLog } from '../callLog.cts';
import type { CertificateAuthority } from './certificateAuthority.cts';
import type { NetworkFaults } from './networkFaults.cts';

/** Handles one request; `url` is the absolute address that was asked for. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** What the proxy is made of. */
export interface ConnectProxyParts {
	authority: CertificateAuthority;
	faults: NetworkFaults;
	log: CallLog;
	/** True when the host name (without port) is one the emulator answers for. */
	knows: (hostName: string) => boolean;
	handle: RequestHandler;
	/** What an unknown host says instead of 502, for people: they see why an address of theirs leads nowhere. */
	closedSign?: string;
}

function destroyHard(socket: Socket): void {
	if (!socket.destroyed) socket.resetAndDestroy();
}

/**
 * A CONNECT proxy on loopback that does not forward anything: it ends the TLS of the host that was asked for itself,
 * with a certificate of the throw-away authority, on the very same connection (no second hop, so nothing is copied
 * twice). Plain http requests in absolute form are answered too. Unknown hosts get 502 and are counted.
 */
export class ConnectProxy {
	private readonly proxy: Server;
	private readonly tls: HttpsServer;
	private readonly plain: Server;
	private readonly sockets = new Map<number, { socket: Socket; host: string | undefined }>();

	constructor(private readonly parts: ConnectProxyParts) {
		this.tls = createHttpsServer(
			{
				SNICallback: (name, done) => {
					parts.authority.contextFor(name, parts.faults.certificateOf(name)).then(
						(context) => done(null, context),
						(reason: Error) => done(reason),
					);
				},
			},
			(request, response) => this.serve(request, response, 'https'),
		);
		this.plain = createHttpServer((request, response) => this.serve(request, response, 'http'));
		this.proxy = createHttpServer((request, response) => this.serveAbsolute(request, response));
		for (const server of [this.tls, this.plain, this.proxy]) {
			// A long idle life: a client that reuses a connection never meets a server that has just closed it.
			server.keepAliveTimeout = 120_000;
			server.requestTimeout = 0;
			server.on('clientError', (_reason: Error, socket: Duplex) => {
				if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
			});
		}
		this.tls.on('tlsClientError', () => undefined);
		this.proxy.on('connection', (socket: Socket) => this.remember(socket));
		this.proxy.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
			this.connect(request, socket, head);
		});
	}

	/**
	 * Listens on loopback.
	 * @param port 0 for any free port
	 * @returns the port
	 * @throws Error with Node's code when the port cannot be taken
	 */
	async listen(port: number): Promise<number> {
		await new Promise<void>((resolve, reject) => {
			this.proxy.once('error', reject);
			this.proxy.listen(port, '127.0.0.1', resolve);
		});
		const address: AddressInfo | string | null = this.proxy.address();
		if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
		return address.port;
	}

	/** Breaks the connection that carries a request, with a TCP reset as a crashed peer or a middlebox sends it. */
	reset(request: IncomingMessage): void {
		const known = this.sockets.get(request.socket.remotePort ?? 0);
		if (known) destroyHard(known.socket);
		else request.socket.destroy();
	}

	/** Closes all connections, or those to one host. */
	dropConnections(host?: string): void {
		for (const known of [...this.sockets.values()]) {
			if (host === undefined || known.host === host) known.socket.destroy();
		}
	}

	/** Stops listening and closes every connection. */
	async close(): Promise<void> {
		const closed = new Promise<void>((resolve) => this.proxy.close(() => resolve()));
		this.dropConnections();
		await closed;
	}

	private remember(socket: Socket): void {
		this.parts.log.counters.connections++;
		const port = socket.remotePort ?? 0;
		this.sockets.set(port, { socket, host: undefined });
		socket.on('error', () => undefined);
		socket.once('close', () => this.sockets.delete(port));
		socket.setNoDelay(true);
	}

	private connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const [host = '', port = '443'] = (request.url ?? '').toLowerCase().split(':');
		if (!(socket instanceof Socket)) {
			socket.destroy();
			return;
		}
		const known = this.sockets.get(socket.remotePort ?? 0);
		if (known) known.host = host;
		const fault = this.parts.faults.get(host);
		if (!this.parts.knows(host)) this.parts.log.refusedHosts.push(host);
		if (!this.parts.knows(host) && this.parts.closedSign === undefined) {
			socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
			return;
		}
		if (fault === 'hang') return;
		if (fault === 'reset') {
			destroyHard(socket);
			return;
		}
		if (fault === 'unreachable') {
			socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		if (head.length > 0) socket.unshift(head);
		(port === '80' ? this.plain : this.tls).emit('connection', socket);
	}

	private serve(request: IncomingMessage, response: ServerResponse, scheme: 'http' | 'https'): void {
		const host = request.headers.host ?? '';
		const asked = this.sockets.get(request.socket.remotePort ?? 0)?.host;
		let url: URL;
		try {
			// Joined as text: as a relative address, a path with two slashes in front would name another host.
			url = new URL(`${scheme}://${host}${request.url ?? '/'}`);
		} catch {
			response.writeHead(400).end();
			return;
		}
		if (asked !== undefined && asked !== url.hostname) {
			// The tunnel was opened for another host (RFC 9110 15.5.20, Misdirected Request).
			response.writeHead(421).end();
			return;
		}
		if (this.parts.knows(url.hostname)) this.parts.handle(request, response, url);
		else this.tellClosed(request, response);
	}

	private serveAbsolute(request: IncomingMessage, response: ServerResponse): void {
		let url: URL;
		try {
			url = new URL(request.url ?? '');
		} catch {
			response.writeHead(400, { 'content-type': 'text/plain' }).end('This is a proxy: CONNECT host:443\n');
			return;
		}
		const known = this.sockets.get(request.socket.remotePort ?? 0);
		if (known) known.host = undefined;
		const fault = this.parts.faults.get(url.hostname);
		if (fault === 'hang') return;
		if (fault === 'reset') {
			this.reset(request);
			return;
		}
		if (!this.parts.knows(url.hostname) || fault === 'unreachable') {
			if (fault !== 'unreachable') this.parts.log.refusedHosts.push(url.hostname);
			this.tellClosed(request, response);
			return;
		}
		this.parts.handle(request, response, url);
	}

	/**
	 * Answers for a host that is not there: 502, or the sign. Whoever wants a picture gets it as a page, whose title the node
	 * under test tells; a status would only be told as a number.
	 */
	private tellClosed({ headers }: IncomingMessage, response: ServerResponse): void {
		const { closedSign = '' } = this.parts;
		const wantsPicture = closedSign !== '' && headers.accept?.startsWith('image/') === true;
		response.writeHead(wantsPicture ? 200 : 502, { 'content-type': 'text/html; charset=utf-8' });
		response.end(closedSign === '' ? '' : `<!doctype html><title>${closedSign}</title><p>${closedSign}</p>`);
	}
}
