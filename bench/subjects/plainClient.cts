import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request, type Agent } from 'node:https';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import FormData from 'form-data';
import { HttpsProxyAgent } from 'https-proxy-agent';

/** What the process that starts this one asks it to do. */
export interface PlainJob {
	way: 'sample' | 'bare';
	photos: ReadonlyArray<{ file: string; fileName: string; recordId: string }>;
	/** The access token to sign with. */
	token: string;
	/** Calls at a time; the sample makes one. */
	parallel: number;
	/** The CONNECT proxy through which Zoho is reached. */
	proxyUrl: string;
}

type Photo = PlainJob['photos'][number];
type Body = { headers: Record<string, string | number>; content: Buffer | Readable };

/** A client in a process of its own: each message is a job, answered with the milliseconds that it took. */
process.on('message', (job: PlainJob) => {
	const agent = new HttpsProxyAgent(job.proxyUrl, { keepAlive: true });
	const begin = performance.now();
	void uploadAll(job, agent).then(() => {
		const milliseconds = performance.now() - begin;
		agent.destroy();
		process.send?.(milliseconds);
	});
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function uploadAll(
	{ way, photos, token, parallel }: PlainJob,
	agent: Agent | HttpsProxyAgent<string>,
): Promise<void> {
	const waiting = photos.values();
	const worker = async (): Promise<void> => {
		for (const photo of waiting) {
			const body = await (way === 'sample' ? sampleBody(photo) : bareBody(photo));
			await post(photo.recordId, body, token, agent);
		}
	};
	await Promise.all(Array.from({ length: way === 'sample' ? 1 : parallel }, worker));
}

/** The body as the sample makes it: `requestBody.append('file', fs.createReadStream(...))`. */
async function sampleBody({ file }: Photo): Promise<Body> {
	const form = new FormData();
	form.append('file', createReadStream(file));
	// As got does, with which the sample sends it.
	const length = await promisify(form.getLength.bind(form))();
	return { headers: { ...form.getHeaders(), 'Content-Length': length }, content: form };
}

/** The same body with the least effort: two strings around the bytes. */
async function bareBody({ file, fileName }: Photo): Promise<Body> {
	const boundary = 'benchmark-boundary-8f1d3c';
	const content = Buffer.concat([
		Buffer.from(
			`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\n` +
				'Content-Type: image/jpeg\r\n\r\n',
		),
		await readFile(file),
		Buffer.from(`\r\n--${boundary}--\r\n`),
	]);
	const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}`, 'Content-Length': content.length };
	return { headers, content };
}

async function post(
	recordId: string,
	body: Body,
	token: string,
	agent: Agent | HttpsProxyAgent<string>,
): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const call = request(`https://www.zohoapis.com/crm/v8/Leads/${recordId}/photo`, {
			method: 'POST',
			headers: { Authorization: `Zoho-oauthtoken ${token}`, ...body.headers },
			agent,
		});
		call.once('response', (response) => response.resume().once('end', resolve));
		call.once('error', reject);
		if (Buffer.isBuffer(body.content)) call.end(body.content);
		else body.content.pipe(call);
	});
}
