import { blackBmp } from '../emulator/photoSamples.cts';
import { corpusPhoto } from './photos.cts';
import { byItem, CORES, startStageOn, type Stage } from './stage.cts';

const HOST = 'https://photos.example';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('A photo from a URL, on n8n-core %s', (core) => {
	let stage: Stage;
	const photo = corpusPhoto('baseline.jpg');

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	/** Uploads what is behind the address to a new lead. */
	async function upload(url: string, options: object = {}) {
		const recordId = stage.zoho.records.add('Leads');
		const parameters = byItem({ photoSource: 'url', photoUrl: '={{ $json.url }}', options });
		const run = await stage.run([{ json: { id: recordId, url } }], { parameters, onError: 'continueErrorOutput' });
		expect(stage.zoho.leaks).toEqual([]);
		const { error } = run.failure[0]?.json ?? {};
		return { ...run, error, stored: stage.zoho.photos.get('Leads', recordId) };
	}

	/** The same, for an address that must not lead to an upload. */
	async function refusal(url: string, options: object = {}) {
		const { success, failure, error, stored } = await upload(url, options);
		expect(success).toEqual([]);
		expect(failure).toHaveLength(1);
		expect(stored).toBeUndefined();
		expect(stage.zoho.calls).toEqual([]);
		return error;
	}

	it.each(['https://photos.example/people/ada.jpg', 'http://photos.example/ada.jpg'])(
		'arrives byte for byte from %s',
		async (url) => {
			stage.zoho.sites.set(url, { body: photo, headers: { 'content-type': 'image/jpeg' } });
			const { success, stored } = await upload(url);
			expect(stored?.bytes.equals(photo)).toBe(true);
			expect(stored?.fileName).toBe('ada.jpg');
			expect(success[0]?.json.photo).toMatchObject({
				fileName: 'ada.jpg',
				mimeType: 'image/jpeg',
				fileSize: photo.length,
			});
			expect(stage.zoho.siteCalls).toEqual([expect.objectContaining({ method: 'GET', url })]);
		},
	);

	it('is asked for as JPEG or PNG first, where a host has it in several kinds', async () => {
		stage.zoho.sites.set(`${HOST}/many`, { body: photo });
		await upload(`${HOST}/many`);
		const asked = stage.zoho.siteCalls[0]?.accept ?? '';
		expect(asked.split(/, */).slice(0, 2)).toEqual(['image/jpeg', 'image/png;q=0.9']);
		expect(asked).toContain('*/*;q=0.1');
		expect(asked).not.toMatch(/webp|avif/);
	});

	it('is fetched without a credential, also where the address leads on to another host', async () => {
		stage.zoho.sites.set(`${HOST}/a`, { redirectTo: 'https://cdn.example/b' });
		stage.zoho.sites.set('https://cdn.example/b', { redirectTo: '/c.png' });
		stage.zoho.sites.set('https://cdn.example/c.png', { body: corpusPhoto('rgb.png') });
		const { stored, logs } = await upload(`${HOST}/a`);
		expect(stored?.bytes.equals(corpusPhoto('rgb.png'))).toBe(true);
		expect(stage.zoho.siteCalls.map(({ url }) => url)).toEqual([
			`${HOST}/a`,
			'https://cdn.example/b',
			'https://cdn.example/c.png',
		]);
		expect(stage.zoho.leaks).toEqual([]);
		expect(logs.join('\n')).not.toMatch(/1000\.[0-9a-f]{32}/);
	});

	it.each([
		['/p/%E5%B1%B1%E7%94%B0.jpg', {}, '山田.jpg'],
		['/photo?id=7', {}, 'photo.jpg'],
		['/', {}, 'photo.jpg'],
		['/image.php', {}, 'image.jpg'],
		['/x', { 'content-disposition': 'attachment; filename="ada l.jpeg"' }, 'ada l.jpeg'],
		['/y.png', { 'content-disposition': "inline; filename=plain.jpg; filename*=UTF-8''Zo%C3%AB.jpg" }, 'Zoë.jpg'],
		['/u', { 'content-disposition': Buffer.from('inline; filename="Zoë.jpg"').toString('latin1') }, 'Zoë.jpg'],
		['/z', { 'content-disposition': 'attachment; filename="../../evil.sh"' }, 'evil.sh.jpg'],
		['/bad%E5', {}, 'bad%E5.jpg'],
	])('is named by %s and %j', async (path, headers, fileName) => {
		stage.zoho.sites.set(HOST + path, { body: photo, headers });
		const { stored } = await upload(HOST + path);
		expect(stored?.fileName).toBe(fileName);
	});

	it('is taken by its bytes, whatever type the host declares', async () => {
		stage.zoho.sites.set(`${HOST}/ada.webp`, { body: photo, headers: { 'content-type': 'image/webp' } });
		const { stored } = await upload(`${HOST}/ada.webp`);
		expect(stored).toMatchObject({ fileName: 'ada.jpg', mimeType: 'image/jpeg' });
	});

	it('is fetched again where the host is down for a moment', async () => {
		stage.zoho.sites.set(`${HOST}/a.jpg`, { status: 503, body: 'away' });
		const uploading = upload(`${HOST}/a.jpg`);
		while (stage.zoho.siteCalls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		stage.zoho.sites.set(`${HOST}/a.jpg`, { body: photo });
		expect((await uploading).stored?.bytes.equals(photo)).toBe(true);
		expect(stage.zoho.siteCalls.length).toBeGreaterThan(1);
	});

	it.each([404, 403, 204])('is refused where the host answers %i', async (status) => {
		stage.zoho.sites.set(`${HOST}/a.jpg`, { status, body: status === 204 ? '' : photo });
		expect(await refusal(`${HOST}/a.jpg`)).toMatchObject({
			code: 'PHOTO_URL_FAILED',
			message: `The photo was not fetched: photos.example answered with HTTP status ${status} [item 0]`,
			description: expect.stringContaining("'Input Binary Field'"),
		});
	});

	it('is told missing, not too large, where a missing page is large', async () => {
		stage.zoho.sites.set(`${HOST}/a.jpg`, { status: 404, body: Buffer.alloc(11_000_000) });
		expect(await refusal(`${HOST}/a.jpg`)).toMatchObject({ message: expect.stringContaining('404') });
	});

	it.each([
		['a page', '<!DOCTYPE html><html><head><title>Gallery</title></head></html>', 'Gallery'],
		['a page to log in', '<html><head><title>Sign in</title></head><body><form></form></body></html>', 'Sign in'],
	])('is refused where %s comes instead', async (_, body, title) => {
		stage.zoho.sites.set(`${HOST}/a.jpg`, { redirectTo: `${HOST}/login` });
		stage.zoho.sites.set(`${HOST}/login`, { body, headers: { 'content-type': 'text/html' } });
		expect(await refusal(`${HOST}/a.jpg`)).toMatchObject({
			code: 'NOT_AN_IMAGE',
			message: expect.stringContaining(title),
		});
	});

	it('is not read at all where the host announces too much', async () => {
		stage.zoho.sites.set(`${HOST}/film`, { body: blackBmp(3000, 3000) });
		const refused = await refusal(`${HOST}/film`, { unfitPhoto: 'refuse' });
		expect(refused).toMatchObject({ code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' });
	});

	it('is read no further than it may be long where the host announces nothing', async () => {
		const megabyte = Buffer.alloc(1_000_000, 1);
		stage.zoho.sites.set(`${HOST}/endless`, { body: megabyte, repeat: 100 });
		const refused = await refusal(`${HOST}/endless`, { unfitPhoto: 'refuse' });
		expect(refused).toMatchObject({ code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE' });
		// What lies in the buffers of two sockets comes on top.
		expect(stage.zoho.siteCalls[0]?.bytesSent).toBeLessThan(30_000_000);
	});

	it('is not waited for longer than the time-out, before and after the headers', async () => {
		stage.zoho.sites.set(`${HOST}/silent`, { hang: true });
		stage.zoho.sites.set(`${HOST}/slow`, { body: Buffer.from('x'), repeat: 1000, repeatDelayMs: 50 });
		for (const path of ['/silent', '/slow']) {
			const begun = performance.now();
			expect(await refusal(HOST + path, { timeout: 400 })).toMatchObject({
				code: 'PHOTO_URL_FAILED',
				message: 'The photo was not fetched: photos.example took longer than 0.4 seconds [item 0]',
			});
			expect(performance.now() - begun).toBeLessThan(5000);
		}
	});

	it('is refused where the connection breaks off', async () => {
		stage.zoho.sites.set(`${HOST}/a.jpg`, { body: photo, resetAfterBytes: 100 });
		expect(await refusal(`${HOST}/a.jpg`)).toMatchObject({
			code: 'PHOTO_URL_FAILED',
			message: expect.stringContaining('photos.example broke the connection off'),
		});
	});

	it('is refused where the redirects have no end', async () => {
		stage.zoho.sites.set(`${HOST}/round`, { redirectTo: `${HOST}/round` });
		expect(await refusal(`${HOST}/round`)).toMatchObject({ code: 'PHOTO_URL_FAILED' });
		// n8n before 2.41 goes by its client's own limit of 21.
		expect(stage.zoho.siteCalls.length).toBeLessThan(core === 'root' ? 10 : 25);
	});

	it('is refused where the certificate is not trusted', async () => {
		stage.zoho.sites.set(`${HOST}/a.jpg`, { body: photo });
		stage.zoho.network.set('photos.example', 'untrusted');
		expect(await refusal(`${HOST}/a.jpg`)).toMatchObject({
			code: 'PHOTO_URL_FAILED',
			message: expect.stringContaining('photos.example has a certificate that is not trusted'),
		});
	});

	it.each([
		'',
		'ada.jpg',
		'ftp://photos.example/a.jpg',
		'file:///etc/passwd',
		'data:image/png;base64,AAAA',
		'javascript:1',
	])('is refused for %j, which is no web address', async (url) => {
		const error = await refusal(url);
		expect(error).toMatchObject({ code: 'PHOTO_URL_FAILED', description: expect.stringContaining('https://') });
		expect(error).not.toHaveProperty('attempts');
		expect(stage.zoho.siteCalls).toEqual([]);
	});
});
