import { createReadStream, readFileSync, statSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import FormData from 'form-data';

import type { Call } from '../emulator/callLog.cts';
import { openTls } from '../emulator/proxiedRequest.cts';
import { photoItem } from '../engine/photos.cts';
import { byItem, CORES, startStageOn, type Stage } from '../engine/stage.cts';

const PHOTOS = path.join(__dirname, '../photo/corpus/photos');

/** Photos of every kind that Zoho CRM takes, made by real encoders. */
const FILES = ['baseline.jpg', 'rgb.png', 'animated.gif', 'v3-24bit.bmp'];

describe.each(CORES)("the specification's Node.js sample and the node on n8n-core %s", (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/**
	 * Uploads as Zoho's "Upload a Photo" shows for Node.js: form-data, `append('file', fs.createReadStream(...))`, sent to
	 * v2 with `Authorization: Zoho-oauthtoken`. The page's HTTP client (got) is deprecated; Node's own sends the same form.
	 */
	async function bySpecification(file: string, recordId: string): Promise<unknown> {
		const form = new FormData();
		form.append('file', createReadStream(file));
		const length = await new Promise<number>((resolve, reject) => {
			form.getLength((fault, bytes) => (fault ? reject(fault) : resolve(bytes)));
		});
		const token = String(stage.zoho.connect().oauthTokenData.access_token);
		const host = 'www.zohoapis.com';
		const socket = await openTls(stage.emulator, host);
		return await new Promise((resolve, reject) => {
			const sent = request({
				createConnection: () => socket,
				host,
				path: `/crm/v2/Leads/${recordId}/photo`,
				method: 'POST',
				headers: { ...form.getHeaders(), 'content-length': length, authorization: `Zoho-oauthtoken ${token}` },
			});
			sent.on('error', reject);
			sent.on('response', (answer) => {
				const pieces: Buffer[] = [];
				answer.on('data', (piece: Buffer) => pieces.push(piece));
				answer.on('end', () => resolve(JSON.parse(Buffer.concat(pieces).toString('utf8'))));
			});
			form.pipe(sent);
		});
	}

	/** What of a call counts: everything but the boundary and how the token is introduced. */
	function essence({ method, path: to, query, parts, status, code, transferEncoding }: Call): object {
		return { method, to, query, parts, status, code, transferEncoding };
	}

	it.each(FILES)('put the same thing on the wire, part by part: %s', async (name) => {
		const file = path.join(PHOTOS, name);
		const bytes = readFileSync(file);
		const id = stage.zoho.records.add('Leads');

		expect(await bySpecification(file, id)).toMatchObject({ code: 'SUCCESS' });
		const theirs = stage.zoho.photos.get('Leads', id);
		const parameters = byItem({ options: { apiVersion: 'v2' } });
		const { success } = await stage.run([photoItem(id, bytes, name)], { parameters });
		const ours = stage.zoho.photos.get('Leads', id);

		expect(success).toHaveLength(1);
		expect(ours?.uploads).toBe(2);
		expect(theirs?.bytes.equals(bytes)).toBe(true);
		expect(ours?.bytes.equals(bytes)).toBe(true);

		const [first, second, ...more] = stage.zoho.calls;
		if (first === undefined || second === undefined) throw new Error('A call is missing.');
		expect(more).toEqual([]);
		expect(essence(second)).toEqual(essence(first));
		expect(first.parts).toEqual([
			{
				name: 'file',
				fileName: name,
				contentType: expect.stringMatching(/^image\//),
				length: statSync(file).size,
				headerLines: [
					`Content-Disposition: form-data; name="file"; filename="${name}"`,
					expect.stringMatching(/^Content-Type: image\/\w+$/),
				],
			},
		]);
		for (const { contentType, contentLength } of [first, second]) {
			expect(contentType).toMatch(/^multipart\/form-data; boundary=/);
			expect(Number(contentLength)).toBeGreaterThan(bytes.length);
		}
		expect([first.authScheme, second.authScheme]).toEqual(['Zoho-oauthtoken', 'Bearer']);
	});
});
