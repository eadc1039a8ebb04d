import type { ConnectOptions } from '../emulator/accounts/connect.cts';
import { conditionNames, conditions, type ConditionName } from '../emulator/crm/magicRecords.cts';
import type { FaultAnswer } from '../emulator/faults/faultAnswers.cts';
import { blackPng } from '../emulator/photoSamples.cts';
import type { InputItem, PlainError } from './harness/engine.cts';
import { corpusPhoto, numberedPhoto, otherFile, photoItem } from './photos.cts';
import { byItem, CORES, startStageOn, type PhotoNodeSettings, type PhotoRun, type Stage } from './stage.cts';

/** What is expected of the item that is not done; fields that are left out must be absent. */
interface Expected {
	code: string;
	httpStatus?: number;
	attempts?: number;
	module?: string;
	recordId?: string;
	/** Whether what is thrown carries Zoho's answer. */
	answered?: boolean;
	/** Whether the items after it are not tried. */
	stops?: boolean;
	/** Words of the message. */
	says?: string | RegExp;
	/** Words of the description. */
	advises?: string | RegExp;
}

/** Refusals that no later item can escape, or none of the same module. */
const STOPS: readonly string[] = [
	'INVALID_TOKEN',
	'AUTHENTICATION_FAILURE',
	'OAUTH_SCOPE_MISMATCH',
	'INVALID_MODULE',
	'FEATURE_NOT_SUPPORTED',
];

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

describe.each(CORES)('Items that cannot be done, on n8n-core %s', (core) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStageOn(core);
	}, 180_000);
	beforeEach(() => stage.zoho.reset());
	afterAll(async () => await stage.close());

	const lead = (): string => stage.zoho.records.add('Leads');
	/** One at a time and without a second try, so that what is sent is certain and quick. */
	const plain = (more: object = {}): object =>
		byItem({ options: { parallelUploads: 1, maxRetries: 0, waitAtMost: 0, unfitPhoto: 'refuse' }, ...more });

	/**
	 * Runs a good item, the one in question and another good one in all three modes of the node, and looks at shape, branch,
	 * pairing and merged input; gives the item's error.
	 */
	async function inAllModes(
		item: InputItem,
		expected: Expected,
		node: PhotoNodeSettings = {},
		credential?: ConnectOptions,
	): Promise<Record<string, unknown>> {
		const { stops = STOPS.includes(expected.code) } = expected;
		const settings = { parameters: plain(), ...node };
		const items = (): InputItem[] => [photoItem(lead()), item, photoItem(lead(), numberedPhoto(1))];
		const run = async (onError: PhotoNodeSettings['onError']): Promise<PhotoRun> =>
			await stage.run(
				items(),
				{ ...settings, onError },
				{
					...(credential && { credential: stage.zoho.connect(credential) }),
				},
			);

		const branches = await run('continueErrorOutput');
		expect(branches.status).toBe('success');
		expect(branches.success.map(({ pairedItem }) => pairedItem)).toEqual(
			(stops ? [0] : [0, 2]).map((n) => ({ item: n })),
		);
		expect(branches.failure.map(({ pairedItem }) => pairedItem)).toEqual(
			(stops ? [1, 2] : [1]).map((n) => ({ item: n })),
		);
		const { error, ...input } = branches.failure[0]?.json ?? {};
		expect(input).toEqual(item.json);
		const shown = checkedError(error, expected);

		const regular = await run('continueRegularOutput');
		expect(regular.success).toHaveLength(3);
		expect(regular.success.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((n) => ({ item: n })));
		expect(regular.success.map(({ json }) => json.code ?? codeOf(json.error))).toEqual([
			'SUCCESS',
			expected.code,
			stops ? 'NOT_ATTEMPTED' : 'SUCCESS',
		]);
		expect(Object.keys(regular.success[1]?.json ?? {})).toEqual(['error']);
		checkedError(regular.success[1]?.json.error, expected);

		const stopped = await run('stopWorkflow');
		expect(stopped.status).toBe('error');
		expect(stopped.node.output).toEqual([]);
		checkedThrown(stopped.node.error, expected, shown);
		return shown;
	}

	function checkedError(error: unknown, expected: Expected): Record<string, unknown> {
		const { says = '', advises = '', stops: _stops, answered: _answered, ...fields } = expected;
		expect(error).toEqual({
			...fields,
			message: expect.stringMatching(/^[^]+[^.] \[item 1\]$/),
			description: expect.stringMatching(/^[^]{10,}\.$/),
		});
		if (typeof error !== 'object' || error === null) return {};
		const shown: Record<string, unknown> = { ...error };
		expect(Object.keys(shown)).toEqual(
			['message', 'description', 'code', 'httpStatus', 'module', 'recordId', 'attempts'].filter((key) => key in shown),
		);
		if (typeof says === 'string') expect(shown.message).toContain(says);
		else expect(shown.message).toMatch(says);
		if (typeof advises === 'string') expect(shown.description).toContain(advises);
		else expect(shown.description).toMatch(advises);
		return shown;
	}

	function checkedThrown(thrown: PlainError | undefined, expected: Expected, shown: Record<string, unknown>): void {
		const { message, description } = shown;
		expect(thrown).toMatchObject({
			name: expected.attempts === undefined ? 'NodeOperationError' : 'NodeApiError',
			message: String(message).replace(' [item 1]', ''),
			// What is told beside the advice is where the run stopped.
			description: expect.stringMatching(/ It is the 2nd of \d items.*Already in Zoho CRM: /),
			context: { itemIndex: 1 },
		});
		expect(thrown?.description?.startsWith(`${String(description)} It is the 2nd`)).toBe(true);
		if (expected.httpStatus !== undefined) {
			expect(thrown?.httpCode).toBe(String(expected.httpStatus));
		}
		if (expected.answered === true) {
			expect(thrown?.context?.data).toMatchObject({ code: expected.code, status: 'error' });
		}
	}

	describe('refused by Zoho', () => {
		const refusing = conditionNames.filter((name) => conditions[name].methods.includes('POST'));

		it.each(refusing)('record "%s"', async (name: ConditionName) => {
			const { status, code } = conditions[name].error('POST');
			const recordId = stage.zoho.records.magicId(name);
			const item = photoItem(recordId, numberedPhoto(2), 'ada.png', { kept: 'input' });
			const expected = { code, httpStatus: status, attempts: 1, module: 'Leads', recordId };
			const { description } = await inAllModes(item, { ...expected, answered: true });
			expect(description).not.toContain('{');
		});

		it('a record that is not there', async () => {
			const item = photoItem('3000000000009');
			await inAllModes(item, {
				code: 'INVALID_DATA',
				httpStatus: 400,
				attempts: 1,
				module: 'Leads',
				recordId: '3000000000009',
				says: 'record 3000000000009',
			});
		});

		it.each([
			['Nonsense', 'no module with the API name Nonsense'],
			['Tasks', 'no photos for records of the module Tasks'],
		])('a module that is not there or has no photos: %s', async (module, says) => {
			const [one, other] = [lead(), lead()];
			const parameters = plain({ module: { __rl: true, mode: 'name', value: '={{ $json.module ?? "Leads" }}' } });
			const items = [one, lead(), other].map((id, n) =>
				photoItem(id, numberedPhoto(n), 'a.png', n === 1 ? { module } : {}),
			);
			const { success, failure } = await stage.run(items, { parameters, onError: 'continueErrorOutput' });
			expect(success.map(({ json }) => json.recordId)).toEqual([one, other]);
			expect(failure[0]?.json).toMatchObject({
				module,
				error: { code: 'INVALID_MODULE', module, message: expect.stringContaining(says) },
			});
		});

		it.each([
			['v2', 400],
			['v8', 415],
		])('a photo that %s finds too large with HTTP status %i', async (apiVersion, httpStatus) => {
			stage.zoho.imageRules.maxPixels = 100;
			const recordId = lead();
			await inAllModes(
				photoItem(recordId, blackPng(100, 100)),
				{
					code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
					httpStatus,
					attempts: 1,
					module: 'Leads',
					recordId,
					advises: 'Edit Image',
				},
				{ parameters: plain({ options: { apiVersion, parallelUploads: 1 } }) },
			);
		});

		it('a version that has no such call', async () => {
			stage.zoho.versionsWithoutPhoto.add('v3');
			const { failure } = await stage.run([photoItem(lead())], {
				parameters: byItem({ options: { apiVersion: 'v3' } }),
				onError: 'continueErrorOutput',
			});
			expect(failure[0]?.json.error).toMatchObject({
				code: 'API_NOT_SUPPORTED',
				message: expect.stringContaining('v3'),
			});
		});

		it.each<[string, FaultAnswer, Omit<Expected, 'module' | 'recordId'>]>([
			['an HTML page', { kind: 'html', status: 502 }, { code: 'UNEXPECTED_ANSWER', httpStatus: 502, attempts: 1 }],
			['nothing at all', { kind: 'http', status: 503 }, { code: 'UNEXPECTED_ANSWER', httpStatus: 503, attempts: 1 }],
			[
				'an HTML page with 200',
				{ kind: 'html', status: 200 },
				{ code: 'UNEXPECTED_ANSWER', httpStatus: 200, attempts: 1 },
			],
			[
				'a redirect',
				{ kind: 'http', status: 302, headers: { location: 'https://evil.example/' } },
				{ code: 'REDIRECTED', httpStatus: 302, attempts: 1 },
			],
			['a broken connection', { kind: 'reset', at: 'body' }, { code: 'CONNECTION_LOST', attempts: 1 }],
			['half an answer', { kind: 'reset', at: 'answer' }, { code: 'CONNECTION_LOST', attempts: 1 }],
		])('%s', async (_, answer, expected) => {
			const recordId = lead();
			stage.zoho.faults.add({ when: { recordId }, answer });
			await inAllModes(photoItem(recordId), { ...expected, module: 'Leads', recordId });
			expect(stage.zoho.refusedHosts).toEqual([]);
		});

		it('silence, until the time-out', async () => {
			const recordId = lead();
			stage.zoho.faults.add({ when: { recordId }, answer: { kind: 'hang' } });
			const parameters = plain({ options: { parallelUploads: 1, maxRetries: 0, waitAtMost: 0, timeout: 200 } });
			await inAllModes(
				photoItem(recordId),
				{ code: 'TIMED_OUT', attempts: 1, module: 'Leads', recordId, says: '0.2 seconds' },
				{ parameters },
			);
		});

		it('with as many tries as allowed, which are counted', async () => {
			const recordId = stage.zoho.records.magicId('serviceUnavailable');
			const parameters = byItem({ options: { maxRetries: 1 } });
			const { failure } = await stage.run([photoItem(recordId)], { parameters, onError: 'continueErrorOutput' });
			expect(failure[0]?.json.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', attempts: 2 });
			expect(stage.zoho.calls).toHaveLength(2);
		});
	});

	describe('found out before anything is sent', () => {
		const cutOff = (): Buffer => corpusPhoto('progressive.jpg').subarray(0, -20);

		it.each<[string, () => Buffer, string, string | RegExp]>([
			['an empty file', () => Buffer.alloc(0), 'EMPTY_FILE', '0 bytes'],
			['an HTML page saved as .jpg', () => Buffer.from('<!doctype html><h1>Sign in</h1>'), 'NOT_AN_IMAGE', 'web page'],
			['a WebP', () => otherFile('lossy.webp'), 'UNSUPPORTED_FILE_TYPE', 'WebP'],
			['a HEIC', () => otherFile('phone.heic'), 'UNSUPPORTED_FILE_TYPE', 'HEIC'],
			['a JPEG that is cut off', cutOff, 'CORRUPT_IMAGE', 'cut off'],
			[
				'12 megapixels',
				() => blackPng(4032, 3024),
				'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
				'12.2 megapixels (4032 x 3024)',
			],
			['11 MB', () => Buffer.alloc(11_534_336), 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', /11/],
		])('%s', async (_, bytes, code, says) => {
			const recordId = lead();
			const parameters = plain({ options: { parallelUploads: 1, unfitPhoto: 'refuse' } });
			const expected = { code, module: 'Leads', recordId, says };
			await inAllModes(photoItem(recordId, bytes(), 'ada.jpg'), expected, { parameters });
			expect(stage.zoho.calls.some((call) => call.recordId === recordId)).toBe(false);
		});

		it('a field that the item does not have, where two others hold a picture', async () => {
			const recordId = lead();
			const item = {
				json: { id: recordId },
				binary: { photo: { data: numberedPhoto(0) }, scan: { data: numberedPhoto(1) } },
			};
			await inAllModes(item, {
				code: 'BINARY_NOT_FOUND',
				module: 'Leads',
				recordId,
				says: "no binary field 'data', and 2 others hold a picture: photo, scan",
				advises: "'Input Binary Field'",
			});
		});

		it('an item without any file', async () => {
			const recordId = lead();
			await inAllModes(
				{ json: { id: recordId } },
				{
					code: 'BINARY_NOT_FOUND',
					module: 'Leads',
					recordId,
					advises: 'no binary field at all',
				},
			);
		});

		it.each(['constructor', '__proto__', 'toString', ''])('the field %j', async (field) => {
			const recordId = lead();
			const { failure } = await stage.run([photoItem(recordId, numberedPhoto(0), 'a.png', { field })], {
				parameters: byItem({ binaryPropertyName: '={{ $json.field }}' }),
				onError: 'continueErrorOutput',
			});
			expect(failure[0]?.json.error).toMatchObject({ code: 'BINARY_NOT_FOUND', recordId });
		});

		it.each([
			['Lead-7', "'Lead-7' cannot be the id"],
			['', "'Record' is empty"],
			[3409643000003088001, 'JavaScript has rounded it'],
			[null, "'Record' is empty"],
			['3'.repeat(21), 'cannot be the id'],
		])('the record id %j', async (id, says) => {
			const item = { json: { id, name: 'kept' }, binary: { data: { data: numberedPhoto(0) } } };
			await inAllModes(item, { code: 'INVALID_DATA', module: 'Leads', recordId: String(id ?? '').trim(), says });
		});

		it.each(['Leads/../Users', 'My Module', ''])('the module %j', async (module) => {
			const parameters = plain({ module: { __rl: true, mode: 'name', value: '={{ $json.module ?? "Leads" }}' } });
			const recordId = lead();
			const item = photoItem(recordId, numberedPhoto(0), 'a.png', { module });
			// Found by us for this item alone, unlike a module that Zoho does not know.
			await inAllModes(item, { code: 'INVALID_MODULE', module, recordId, stops: false }, { parameters });
		});
	});

	describe('because of a parameter', () => {
		it('whose expression cannot be resolved for this item alone', async () => {
			const recordId = lead();
			const expression = "={{ $json.nowhere ? $('Nowhere').first().json.id : $json.id }}";
			const parameters = plain({ recordId: { __rl: true, mode: 'id', value: expression } });
			await inAllModes(
				photoItem(recordId, numberedPhoto(0), 'a.png', { nowhere: true }),
				{
					code: 'INVALID_PARAMETER',
					module: 'Leads',
					recordId: '',
					says: 'A parameter could not be read for this item',
					advises: 'expressions',
				},
				{ parameters },
			);
		});

		it.each<[string, object, string]>([
			['API version', { options: { apiVersion: '={{ $json.bad ? "v99" : "v8" }}' } }, "'API Version' cannot be 'v99'"],
			['time-out', { options: { timeout: '={{ $json.bad ? "soon" : 60000 }}' } }, "'Timeout' cannot be 'soon'"],
			['retries', { options: { maxRetries: '={{ $json.bad ? -1 : 0 }}' } }, "'Max Retries' cannot be -1"],
			['triggers', { options: { restrictTriggers: '={{ $json.bad ? "maybe" : "" }}' } }, "'Skip Workflow Triggers'"],
			[
				'size',
				{ options: { unfitPhoto: '={{ $json.bad ? "crop" : "refuse" }}' } },
				"'If Zoho CRM Would Not Take the Photo' cannot be 'crop'",
			],
			[
				'existing photo',
				{ options: { existingPhoto: '={{ $json.bad ? 1 : "replace" }}' } },
				"'If the Record Has a Photo' cannot be 1",
			],
			[
				'source',
				{ photoSource: '={{ $json.bad ? "ftp" : "binary" }}', photoUrl: 'https://photos.example/a.png' },
				"'Photo Source' cannot be 'ftp'",
			],
		])('with a value that it does not have: %s', async (_, more, says) => {
			const recordId = lead();
			await inAllModes(
				photoItem(recordId, numberedPhoto(0), 'a.png', { bad: true }),
				{ code: 'INVALID_PARAMETER', module: 'Leads', recordId, says },
				{ parameters: byItem(more) },
			);
			expect(stage.zoho.calls.some((call) => call.recordId === recordId)).toBe(false);
		});

		// Without expressions for this parameter, n8n 2.41 hands the text over, and older versions do not start.
		it.each(['constructor', ...(core === 'root' ? ['={{ "upload" }}'] : [])])(
			'with the operation %j',
			async (operation) => {
				const { success, failure } = await stage.run([photoItem(lead())], {
					parameters: byItem({ operation }),
					onError: 'continueErrorOutput',
				});
				expect(success).toEqual([]);
				expect(failure[0]?.json.error).toMatchObject({
					code: 'INVALID_PARAMETER',
					message: expect.stringContaining("'Operation' cannot be"),
				});
				expect(stage.zoho.calls).toEqual([]);
			},
		);
	});

	describe('because of the credential', () => {
		/** Runs three items that all must fail, the first with the code, and gives the first's error. */
		async function allFail(code: string, node: PhotoNodeSettings, more: Parameters<Stage['run']>[2]) {
			const items = [0, 1, 2].map((n) => photoItem(lead(), numberedPhoto(n)));
			const { status, success, failure } = await stage.run(items, { onError: 'continueErrorOutput', ...node }, more);
			expect(status).toBe('success');
			expect(success).toEqual([]);
			expect(failure.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
			expect(failure.map(({ json }) => codeOf(json.error))).toEqual([code, 'NOT_ATTEMPTED', 'NOT_ATTEMPTED']);
			expect(failure.map(({ json }) => json.id)).toEqual(items.map(({ json }) => ('id' in json ? json.id : undefined)));
			expect(failure[2]?.json.error).toMatchObject({ message: expect.stringContaining(code) });
			const stopped = await stage.run(items, { ...node, onError: 'stopWorkflow' }, more);
			expect(stopped.node.error?.context).toMatchObject({ itemIndex: 0 });
			return { error: failure[0]?.json.error, thrown: stopped.node.error };
		}

		it.each<[string, string | RegExp, ConnectOptions]>([
			['CREDENTIAL_NOT_CONNECTED', 'invalid_client', { mistake: 'invalid_client' }],
			['CREDENTIAL_NOT_CONNECTED', 'invalid_client_secret', { mistake: 'invalid_client_secret' }],
			['CREDENTIAL_NOT_CONNECTED', 'invalid_code', { mistake: 'invalid_code' }],
			['CREDENTIAL_NOT_CONNECTED', 'Access Denied', { mistake: 'Access Denied' }],
			['CREDENTIAL_NOT_CONNECTED', 'invalid_code', { revoked: true }],
			['CREDENTIAL_NOT_CONNECTED', 'no refresh token', { online: true, expired: true }],
			['UNTRUSTED_API_DOMAIN', 'https://evil.example', { apiDomain: 'https://evil.example' }],
			['UNTRUSTED_API_DOMAIN', 'http://www.zohoapis.com', { apiDomain: 'http://www.zohoapis.com' }],
		])('%s: %s', async (code, says, options) => {
			const { error } = await allFail(code, {}, { credential: stage.zoho.connect(options) });
			expect(error).toMatchObject({ message: expect.stringContaining(String(says)) });
			expect(stage.zoho.photos.count).toBe(0);
			expect(stage.zoho.leaks).toEqual([]);
			expect(stage.zoho.refusedHosts).toEqual([]);
		});

		it('that was connected in another data center', async () => {
			const credential = stage.zoho.connect({ dataCenter: 'us', tokenOf: 'eu' });
			const { error } = await allFail('CREDENTIAL_NOT_CONNECTED', {}, { credential });
			expect(JSON.stringify(error)).toContain('data center');
		});

		it.each([
			[{ dataCenter: 'evil.example/' }, 'evil.example/'],
			[{ dataCenter: 'zoho.com@evil.example/' }, 'zoho.com@evil.example/'],
			[{ dataCenter: 'evil.example#', accessTokenUrl: 'https://evil.example/token' }, 'evil.example#'],
		])('that somebody has pointed elsewhere, by %j: no secret goes there', async (changes, says) => {
			const credential = { ...stage.zoho.connect({ expired: true }), ...changes };
			const { error } = await allFail('UNTRUSTED_DATA_CENTER', {}, { credential });
			expect(error).toMatchObject({ message: expect.stringContaining(`'${says}'`) });
			expect(stage.zoho.refusedHosts).toEqual([]);
			expect(stage.zoho.tokenCalls).toEqual([]);
			expect(stage.zoho.calls).toEqual([]);
		});

		it('whose hidden address for tokens was stored: no secret goes there on any n8n', async () => {
			const accessTokenUrl = 'https://evil.example/oauth/v2/token';
			const credential = { ...stage.zoho.connect({ expired: true }), accessTokenUrl };
			const items = [photoItem(lead(), numberedPhoto(0))];
			const { success, failure } = await stage.run(items, { onError: 'continueErrorOutput' }, { credential });
			expect(stage.zoho.refusedHosts).toEqual([]);
			if (core === 'root') expect(success).toHaveLength(1);
			else expect(failure[0]?.json.error).toMatchObject({ code: 'UNTRUSTED_DATA_CENTER' });
		});

		it('that the node does not have, or that was deleted', async () => {
			await allFail('CREDENTIAL_NOT_CONNECTED', { credential: false }, {});
		});

		it.each([
			['unreachable', 'UNEXPECTED_ANSWER', '502'],
			['untrusted', 'CERTIFICATE_NOT_TRUSTED', 'certificate of www.zohoapis.com'],
			['reset', 'CONNECTION_LOST', 'www.zohoapis.com'],
		] as const)('whose API host is %s', async (fault, code, says) => {
			stage.zoho.network.set('www.zohoapis.com', fault);
			const items = [0, 1].map((n) => photoItem(lead(), numberedPhoto(n)));
			const parameters = byItem({ options: { maxRetries: 0, waitAtMost: 0 } });
			const { success, failure } = await stage.run(items, { parameters, onError: 'continueErrorOutput' });
			expect(success).toEqual([]);
			expect(failure).toHaveLength(2);
			expect(failure[0]?.json.error).toMatchObject({ code, message: expect.stringContaining(says), attempts: 1 });
		});

		it.each([
			['without the scope', false],
			['without the scope, the token run out', true],
		])('%s: fifty items cost at most one token and two calls, and the rest name the cause', async (_, expired) => {
			const ids = stage.zoho.records.addMany('Leads', 50);
			const credential = stage.zoho.connect({ scopes: 'ZohoCRM.modules.READ,ZohoCRM.settings.modules.READ', expired });
			const items = ids.map((id, n) => photoItem(id, numberedPhoto(n)));
			const { failure, node } = await stage.run(items, { onError: 'continueErrorOutput' }, { credential });
			expect(stage.zoho.tokenCalls.length).toBeLessThanOrEqual(1);
			expect(stage.zoho.calls.length).toBeLessThanOrEqual(2);
			expect(failure.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
			expect(failure[0]?.json.error).toMatchObject({
				code: 'OAUTH_SCOPE_MISMATCH',
				httpStatus: 401,
				message: expect.stringContaining('ZohoCRM.modules.leads.CREATE'),
				description: expect.stringContaining('connect the account again'),
			});
			for (const { json } of failure.slice(1)) {
				expect(json.error).toMatchObject({
					code: 'NOT_ATTEMPTED',
					description: expect.stringContaining('ZohoCRM.modules.leads.CREATE'),
				});
			}
			expect(node.hints[0]?.message).toBe(
				'0 of 50 photos uploaded, 50 not uploaded: 49 not tried, 1 without the scope',
			);
		});
	});

	describe('in a run of many', () => {
		it('come out in order with those that were done: fifty items, fifty outcomes, each paired', async () => {
			const locked = stage.zoho.records.magicId('locked');
			const kinds = Array.from({ length: 50 }, (_, n) => ['good', 'photo', 'record', 'binary', 'locked'][n % 5] ?? '');
			const items = kinds.map((kind, n): InputItem => {
				const id = { record: `30000000000${n}`, locked }[kind] ?? lead();
				if (kind === 'binary') return { json: { id, n } };
				return photoItem(id, kind === 'photo' ? Buffer.from('no photo') : numberedPhoto(n), 'a.png', { n });
			});
			const codes = {
				good: 'SUCCESS',
				photo: 'NOT_AN_IMAGE',
				record: 'INVALID_DATA',
				binary: 'BINARY_NOT_FOUND',
				locked: 'RECORD_LOCKED',
			};
			const wanted = kinds.map((kind) => Object.entries(codes).find(([name]) => name === kind)?.[1]);

			const regular = await stage.run(items, { onError: 'continueRegularOutput' });
			expect(regular.success.map(({ json }) => json.code ?? codeOf(json.error))).toEqual(wanted);
			expect(regular.success.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
			expect(regular.node.hints).toEqual([
				expect.objectContaining({
					message: expect.stringMatching(
						/^10 of 50 photos uploaded, 40 not uploaded: (?=.*10 not a picture)(?=.*10 record locked)/,
					),
					type: 'warning',
					location: 'outputPane',
				}),
			]);

			const branches = await stage.run(items, { onError: 'continueErrorOutput' });
			expect(branches.success.map(({ pairedItem }) => pairedItem)).toEqual(
				items.flatMap((_, item) => (kinds[item] === 'good' ? [{ item }] : [])),
			);
			expect(branches.failure.map(({ json }) => json.n)).toEqual(
				items.flatMap((_, item) => (kinds[item] === 'good' ? [] : [item])),
			);
		});

		it('stop it with the first by index, however many ran at once, and nothing new is begun', async () => {
			const slow = lead();
			stage.zoho.faults.add({ when: { recordId: slow }, answer: { kind: 'slow', ms: 300 } });
			stage.zoho.records.setCondition('Leads', slow, 'locked');
			const quick = stage.zoho.records.magicId('notReviewed');
			const ids = [lead(), slow, quick, ...stage.zoho.records.addMany('Leads', 30)];
			const { node } = await stage.run(ids.map((id, n) => photoItem(id, numberedPhoto(n))));
			expect(node.error).toMatchObject({ message: expect.stringContaining('locked'), context: { itemIndex: 1 } });
			expect(stage.zoho.calls.length).toBeLessThan(12);
		});

		it('of none gives none', async () => {
			const { node } = await stage.run([photoItem(lead())]);
			expect(node.hints).toEqual([]);
		});
	});
});

/** The code in an error as an item holds it. */
function codeOf(error: unknown): unknown {
	return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
