import { Readable } from 'node:stream';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { checkFileSize } from '../../nodes/ZohoCrmPhoto/photo/limits';
import { fileFromUrl } from '../../nodes/ZohoCrmPhoto/source/url';
import { strict } from '../strict.cts';
import { AMPLE } from './room.cts';

const bytes = Buffer.from('some bytes');

/** Fetches with a request function that gives this, and tells what it was asked for. */
async function fetched(url: string, give: (options: IHttpRequestOptions) => unknown, timeout = 1000, maxRetries = 0) {
	const asked: IHttpRequestOptions[] = [];
	const signal = new AbortController().signal;
	const context = strict<IExecuteFunctions>('context', {
		getExecutionCancelSignal: () => signal,
		helpers: strict('helpers', {
			async httpRequest(options: IHttpRequestOptions): Promise<unknown> {
				asked.push(options);
				return await give(options);
			},
		}),
	});
	return { outcome: await fileFromUrl(context, url, { timeout, maxRetries }, checkFileSize, AMPLE), asked, signal };
}

const answer = (body: unknown, headers: unknown = {}, statusCode = 200) => ({ statusCode, headers, body });
const failure = (message: string) => ({
	ok: false,
	failure: {
		code: 'PHOTO_URL_FAILED',
		message: expect.stringContaining(message),
		description: expect.stringMatching(/\.$/),
	},
});

describe('fileFromUrl', () => {
	it('asks n8n for a stream, with no credential, and in a way that a cancel ends', async () => {
		const { outcome, asked, signal } = await fetched(' https://photos.example/p/ada%20l.jpg?x=1 ', () =>
			answer(Readable.from([bytes])),
		);
		expect(outcome).toEqual({ ok: true, value: { bytes, fileName: 'ada l.jpg' } });
		expect(asked).toEqual([
			{
				url: 'https://photos.example/p/ada%20l.jpg?x=1',
				method: 'GET',
				headers: { Accept: expect.stringContaining('image/') },
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				maxRedirects: 5,
				sendCredentialsOnCrossOriginRedirect: false,
				timeout: 1000,
				abortSignal: signal,
			},
		]);
	});

	it.each([
		[404, {}, 'answered with HTTP status 404'],
		[500, { 'content-length': '99999999' }, 'answered with HTTP status 500'],
	])('leaves the body of an answer with status %i and %j unread', async (status, headers, says) => {
		const body = Readable.from([bytes]);
		const { outcome } = await fetched('https://photos.example/a', () => answer(body, headers, status));
		expect(outcome).toEqual(failure(`The photo was not fetched: photos.example ${says}`));
		expect(body.destroyed).toBe(true);
	});

	it('leaves a body unread that is announced as too large', async () => {
		const body = Readable.from([bytes]);
		const { outcome } = await fetched('https://photos.example/a', () => answer(body, { 'content-length': '10485761' }));
		expect(outcome).toMatchObject({ ok: false, failure: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' } });
		expect(body.destroyed).toBe(true);
	});

	it('stops reading at the first byte too many', async () => {
		let read = 0;
		const endless = Readable.from(
			(function* () {
				// Without the bound this ends red, and not never.
				while (read < 100_000_000) {
					read += 1_000_000;
					yield Buffer.alloc(1_000_000);
				}
			})(),
		);
		const { outcome } = await fetched('https://photos.example/a', () =>
			answer(endless, { 'content-length': 'unknown' }),
		);
		expect(outcome).toMatchObject({ ok: false, failure: { code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' } });
		// A stream of objects is read some sixteen ahead.
		expect(read).toBeLessThan(30_000_000);
		expect(endless.destroyed).toBe(true);
	});

	it.each([undefined, 'text', answer('text'), answer(null), answer({}), answer(bytes)])(
		'tells of an answer that is no stream: %j',
		async (given) => {
			const { outcome } = await fetched('https://photos.example/a', () => given);
			expect(outcome).toEqual(failure('sent nothing that can be read'));
		},
	);

	it('does without headers', async () => {
		const { outcome } = await fetched('https://photos.example/a', () => answer(Readable.from([bytes]), null));
		expect(outcome).toEqual({ ok: true, value: { bytes, fileName: 'a' } });
	});

	it.each([
		['ENOTFOUND', 'was not found'],
		['ECONNREFUSED', 'did not take the connection'],
		['ECONNRESET', 'broke the connection off'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'has a certificate that is not trusted'],
		['ETIMEDOUT', 'took longer than 1 seconds'],
		['ESSRF', 'could not be asked: the address is not allowed'],
	])('tells of a request that failed with %s', async (code, says) => {
		const { outcome } = await fetched('https://photos.example/a', () => {
			throw Object.assign(new Error('the address is not allowed'), { code });
		});
		expect(outcome).toEqual(failure(`photos.example ${says}`));
	});

	it('tells of a stream that breaks off, and of one that never ends', async () => {
		const broken = Readable.from(
			(function* () {
				yield bytes;
				throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
			})(),
		);
		const cut = await fetched('https://photos.example/a', () => answer(broken));
		expect(cut.outcome).toEqual(failure('broke the connection off'));
		const silent = new Readable({ read: () => undefined });
		const late = await fetched('https://photos.example/a', () => answer(silent), 50);
		expect(late.outcome).toEqual(failure('took longer than 0.05 seconds'));
		expect(silent.destroyed).toBe(true);
	});

	it.each([
		['HTTP status 503', () => answer(Readable.from([]), {}, 503)],
		['HTTP status 429', () => answer(Readable.from([]), {}, 429)],
		[
			'a lost connection',
			() => {
				throw Object.assign(new Error('x'), { code: 'ECONNRESET' });
			},
		],
	])('tries again after %s', async (_, stumble) => {
		let calls = 0;
		const give = () => (++calls === 1 ? stumble() : answer(Readable.from([bytes])));
		expect((await fetched('https://photos.example/a', give, 1000, 1)).outcome.ok).toBe(true);
		calls = 0;
		const { outcome, asked } = await fetched('https://photos.example/a', give, 1000, 0);
		expect(outcome).toMatchObject({ ok: false, failure: { description: expect.stringContaining('Max Retries') } });
		expect(asked).toHaveLength(1);
	});

	it('does not try again what stays as it is', async () => {
		const { asked } = await fetched('https://photos.example/a', () => answer(Readable.from([]), {}, 404), 1000, 4);
		expect(asked).toHaveLength(1);
	});

	it('gives up a request that n8n never ends, as one does whose proxy is silent', async () => {
		const { outcome } = await fetched('https://photos.example/a', async () => await new Promise(() => undefined), 50);
		expect(outcome).toEqual(failure('took longer than 0.05 seconds'));
	});

	it('quotes no byte of a photo that stands in the address', async () => {
		const { outcome } = await fetched('data:image/png;base64,iVBORw0KGgo', () => undefined);
		expect(JSON.stringify(outcome)).toContain('data:image/png;base64,...');
		expect(JSON.stringify(outcome)).not.toContain('iVBOR');
	});

	it('reads bytes alone', async () => {
		const { outcome } = await fetched('https://photos.example/a', () => answer(Readable.from(['text', bytes])));
		expect(outcome).toMatchObject({ ok: true, value: { bytes } });
	});

	it.each([
		['', "'Photo URL' is empty"],
		['photos.example/a.jpg', "'photos.example/a.jpg' in the parameter 'Photo URL' is not a web address"],
		['ftp://photos.example/a', 'is not a web address'],
		['file:///etc/passwd', 'is not a web address'],
		[`javascript:${'x'.repeat(200)}`, `'javascript:${'x'.repeat(89)}...'`],
		[`ftp://${'x'.repeat(2_000_000)}`, `'ftp://${'x'.repeat(94)}...'`],
		['ftp://photos.example/a.jpg?signature=1#x', "'ftp://photos.example/a.jpg?...'"],
	])('asks nobody for %j', async (url, says) => {
		const { outcome, asked } = await fetched(url, () => undefined);
		expect(outcome).toEqual(failure(says));
		expect(asked).toEqual([]);
	});

	it.each([
		['ftp://ada:hidden@photos.example/a.jpg', "'ftp://***@photos.example/a.jpg'"],
		['ada:hidden@photos.example/a.jpg', "'ada:***@photos.example/a.jpg'"],
		['//ada:hidden@photos.example', "'***@photos.example'"],
		['https//ada:hidden@photos.example', "'***@photos.example'"],
		['ftp://ada:hid@hidden@photos.example', "'ftp://***@photos.example'"],
		['FTP:ada:hidden@photos.example', "'FTP:***@photos.example'"],
		[`sftp://ada:hidden${'x'.repeat(2000)}@photos.example`, "'sftp://***@photos.example'"],
	])('shows no password of an address that is none: %#', async (url, shown) => {
		const { outcome } = await fetched(url, () => undefined);
		expect(outcome).toEqual(failure(`${shown} in the parameter 'Photo URL' is not a web address`));
		expect(JSON.stringify(outcome)).not.toContain('hid');
	});

	it.each([
		'The request was blocked because it resolves to a restricted IP address',
		'The request was blocked because the destination hostname is restricted',
	])("names n8n's settings where its SSRF protection keeps the request back: %s", async (message) => {
		const { outcome } = await fetched('https://photos.example/a', () => {
			throw new Error('outer', { cause: new Error(message) });
		});
		expect(outcome).toEqual(failure(`photos.example could not be asked: ${message}`));
		const advice = outcome.ok ? '' : outcome.failure.description;
		expect(advice).toContain('N8N_SSRF_ALLOWED_HOSTNAMES');
		expect(advice).toContain('N8N_SSRF_ALLOWED_IP_RANGES');
		expect(advice).not.toContain('private browser window');
	});

	it('quotes no more of a host, a reason and a file name than anybody reads', async () => {
		const long = 'x'.repeat(1_000_000);
		const { outcome } = await fetched(`https://${long}.example/a`, () => {
			throw new Error(`no https://ada:hidden@photos.example ${long}`);
		});
		expect(outcome).toEqual(failure(`${'x'.repeat(100)}... could not be asked: no https://***@photos.example xxx`));
		expect(JSON.stringify(outcome).length).toBeLessThan(1000);
		const named = await fetched(`https://photos.example/${long}`, () => answer(Readable.from([bytes])));
		expect(named.outcome).toEqual({ ok: true, value: { bytes, fileName: 'x'.repeat(1000) } });
		const headers = { 'content-disposition': `attachment; filename="${long}"` };
		const sent = await fetched('https://photos.example/a', () => answer(Readable.from([bytes]), headers));
		expect(sent.outcome).toEqual({ ok: true, value: { bytes, fileName: 'x'.repeat(1000) } });
	});

	it('never shows a user and password that stand in the address', async () => {
		const { outcome } = await fetched('https://ada:secret@photos.example/a', () =>
			answer(Readable.from([bytes]), {}, 403),
		);
		expect(JSON.stringify(outcome)).not.toContain('secret');
	});
});
