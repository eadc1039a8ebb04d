import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { type Answer, htmlAnswer, jsonAnswer, readBody, sendAnswer } from '../network/answer.cts';
import type { ZohoService } from '../zohoService.cts';
import { commandShape, runCommand } from './commands.cts';
import { htmlPage } from './page.cts';
import { stateOf } from './state.cts';

const commandLimit = 40 * 1024 * 1024;

function refusal(status: number, message: string): Answer {
	return jsonAnswer(status, { ok: false, message });
}

/**
 * The web page and the control interface, on loopback: `GET /`, `GET /state`, `GET /calls?from=N`, `GET
 * /photos/{module}/{id}`, `GET /images/{module}/{id}/{field}/{image}` and `POST /control`.
 */
export class PageServer {
	private readonly server: Server;

	constructor(private readonly zoho: ZohoService) {
		this.server = createServer((request, response) => void this.serve(request, response));
	}

	/**
	 * Listens on loopback.
	 * @param port 0 for any free port
	 * @returns the port
	 * @throws Error with Node's code when the port cannot be taken
	 */
	async listen(port: number): Promise<number> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject);
			this.server.listen(port, '127.0.0.1', resolve);
		});
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('The page has no port');
		return address.port;
	}

	/** Stops listening and closes every connection. */
	async close(): Promise<void> {
		const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
		this.server.closeAllConnections();
		await closed;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			sendAnswer(response, await this.answer(request));
		} catch (reason) {
			sendAnswer(response, refusal(400, reason instanceof Error ? reason.message : String(reason)));
		}
	}

	private async answer(request: IncomingMessage): Promise<Answer> {
		const url = new URL(`http://127.0.0.1${(request.url ?? '/').replace(/^\/+/, '/')}`);
		const route = `${request.method ?? ''} ${url.pathname}`;
		if (route === 'GET /') return htmlAnswer(200, htmlPage(this.zoho));
		if (route === 'GET /state') return jsonAnswer(200, stateOf(this.zoho));
		if (route === 'GET /calls') {
			return jsonAnswer(200, this.zoho.calls.slice(Number(url.searchParams.get('from') ?? 0)));
		}
		if (route === 'POST /control') return await this.command(request);
		const photo = /^GET \/photos\/([^/]+)\/([^/]+)$/.exec(route);
		if (photo) return this.photo(decodeURIComponent(photo[1] ?? ''), decodeURIComponent(photo[2] ?? ''));
		const image = /^GET \/images\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(route)?.slice(1).map(decodeURIComponent);
		if (image) return this.image(image);
		return refusal(404, `${route} is not an address here`);
	}

	private photo(module: string, recordId: string): Answer {
		const found = this.zoho.photos.get(module, recordId);
		if (!found) return refusal(404, `Record ${recordId} of ${module} has no photo`);
		return { status: 200, headers: { 'content-type': found.mimeType }, body: found.bytes };
	}

	private image([module = '', recordId = '', field = '', id = '']: readonly string[]): Answer {
		const found = this.zoho.imageFields.images(module, recordId, field).find((one) => one.id === id);
		if (!found) return refusal(404, `The field ${field} of record ${recordId} has no image ${id}`);
		return { status: 200, headers: { 'content-type': found.mimeType }, body: found.bytes };
	}

	private async command(request: IncomingMessage): Promise<Answer> {
		if (!/^application\/json/i.test(request.headers['content-type'] ?? '')) {
			// So that no page of another site can press the buttons: a browser asks first before it sends JSON elsewhere.
			return refusal(415, 'The command must be sent as application/json');
		}
		const sent: unknown = JSON.parse((await readBody(request, commandLimit)).toString('utf8'));
		const read = commandShape.safeParse(sent);
		if (!read.success) {
			const flaws = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
			return refusal(400, flaws.join('; '));
		}
		return jsonAnswer(200, { ok: true, result: runCommand(this.zoho, read.data) });
	}
}
