import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { NodeApiError, type INode } from 'n8n-workflow';

import { explainAnswer, explainNoAnswer, isAboutToken } from '../../../nodes/ZohoCrmPhoto/zoho/answers/explain';
import { readNoAnswer } from '../../../nodes/ZohoCrmPhoto/network/noAnswer';
import { dataCenterOfAccounts } from '../../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { NETWORK_REFUSALS } from '../../../nodes/ZohoCrmPhoto/zoho/answers/networkRefusals';
import { REFUSALS } from '../../../nodes/ZohoCrmPhoto/zoho/answers/refusals';
import { answerOf, asked, connection, refusalBody, TOKEN } from '../samples.cts';

const TASK = 'put the photo on record 3000000038009 of Leads';
const ADMIN = "allow it in the user's profile (module Leads and its Record Image field)";
const UNLOCK = 'Wait until the approval, review or merge that holds the record has ended';
const RESIZE = 'at most 10 MB and at most 10 megapixels, e.g. 3600 x 2700';
const CONVERT = 'Convert the photo to JPEG or PNG with an Edit Image node';
const CHANGED = 'Look for a proxy or firewall between n8n and Zoho that changes uploads';
const REPORT = "Report it to this node's maintainers with this message.";
const BUSY = "Lower the option 'Parallel Uploads' (Zoho CRM takes 5 to 25 calls at a time, by edition)";
const DOWN = "Raise the option 'Max Retries' to ride out longer ones.";
const RECONNECT = 'check that its Data Center is the one of your Zoho account, and connect the account again';

interface Row {
	code: string;
	/** Zoho's message. */
	said: string;
	message: string;
	/** A piece of the description. */
	advice: string;
	stops?: 'run' | 'module';
	passing?: 'throttle' | 'outage';
}

/** Texts in `said`: Zoho's own where it documents one (specification, v7 and v8 pages, OpenAPI), else a stand-in. */
const ROWS: Row[] = [
	{
		code: 'INVALID_TOKEN',
		said: 'invalid oauth token',
		message: 'Zoho CRM did not accept the access token of the credential at www.zohoapis.com, not even a renewed one',
		advice: RECONNECT,
		stops: 'run',
	},
	{
		code: 'AUTHENTICATION_FAILURE',
		said: 'Authentication failed',
		message: 'Zoho CRM saw no valid access token of the credential at www.zohoapis.com, not even a renewed one',
		advice: RECONNECT,
		stops: 'run',
	},
	{
		code: 'INVALID_OAUTHTOKEN',
		said: 'The token has run out',
		message: 'Zoho CRM did not accept the access token of the credential at www.zohoapis.com, not even a renewed one',
		advice: RECONNECT,
		stops: 'run',
	},
	{
		code: 'AUTHENTICATION_FAILED',
		said: 'No token',
		message: 'Zoho CRM saw no valid access token of the credential at www.zohoapis.com, not even a renewed one',
		advice: RECONNECT,
		stops: 'run',
	},
	{
		code: 'INVALID_MODULE',
		said: 'The given module is not supported in API',
		message: 'The API of Zoho CRM has no photos for records of the module Leads',
		advice: 'Deals or a custom module',
		stops: 'module',
	},
	{
		code: 'INVALID_MODULE',
		said: 'the module name given seems to be invalid',
		message: 'Zoho CRM has no module with the API name Leads',
		advice: 'API Names',
		stops: 'module',
	},
	{
		code: 'INVALID_URL_PATTERN',
		said: 'Please check if the URL trying to access is a correct one',
		message: `Zoho CRM has no address to ${TASK} in version v8 of its API`,
		advice: `Check the module's API name and the record id. ${REPORT}`,
	},
	{ code: 'API_NOT_SUPPORTED', said: '', message: `Version v8 of the API of Zoho CRM cannot ${TASK}`, advice: REPORT },
	{
		code: 'OAUTH_SCOPE_MISMATCH',
		said: 'Unauthorized',
		message: `The credential lacks the scope ZohoCRM.modules.leads.CREATE, so Zoho CRM did not let it ${TASK}`,
		advice: "add ZohoCRM.modules.leads.CREATE to 'Enabled Scopes', and connect the account again",
		stops: 'run',
	},
	...['NO_PERMISSION', 'AUTHORIZATION_FAILED'].map((code) => ({
		code,
		said: 'Crm_Implied_Api_Access is missing',
		message: `The profile of the Zoho CRM user of the credential has no API access, so Zoho CRM did not ${TASK}`,
		advice: "switch on 'Zoho CRM API Access' under Developer Permissions",
		stops: 'run' as const,
	})),
	{
		code: 'NO_PERMISSION',
		said: 'Permission denied to upload photo',
		message: `The Zoho CRM user of the credential has no permission to ${TASK}`,
		advice: ADMIN,
	},
	{
		code: 'AUTHORIZATION_FAILED',
		said: 'User does not have sufficient privilege to upload photo',
		message: `The Zoho CRM user of the credential lacks the privilege to ${TASK}`,
		advice: ADMIN,
	},
	{
		code: 'INVALID_DATA',
		said: 'Invalid file type',
		message: 'Zoho CRM did not take the file for record 3000000038009 of Leads as a picture',
		advice: CONVERT,
	},
	{
		code: 'INVALID_DATA',
		said: 'The request does not contain any file',
		message: 'Zoho CRM found no file in the upload for record 3000000038009 of Leads',
		advice: CHANGED,
	},
	{
		code: 'INVALID_DATA',
		said: 'The request contains more than one file',
		message: 'Zoho CRM saw more than one file in the upload for record 3000000038009 of Leads',
		advice: CHANGED,
	},
	{
		code: 'INVALID_DATA',
		said: 'the related id given seems to be invalid',
		message: 'Zoho CRM did not find record 3000000038009 of Leads',
		advice: 'deleted records and converted leads are not found',
	},
	{
		code: 'INVALID_DATA',
		said: 'the id given seems to be invalid',
		message: 'Zoho CRM did not find record 3000000038009 of Leads',
		advice: 'Check the record id, the module',
	},
	{
		code: 'INVALID_DATA',
		said: 'invalid data',
		message: `Zoho CRM did not accept what was sent to ${TASK}: invalid data`,
		advice: 'Check the module, the record id and the file of this item.',
	},
	{
		code: 'RECORD_LOCKED',
		said: 'cannot get the record image that is not approved yet',
		message: 'The photo of record 3000000038009 of Leads is held back by Zoho CRM until it is approved',
		advice: "Zia's check of the image",
	},
	{
		code: 'RECORD_LOCKED',
		said: 'You cannot perform this operation as the record is locked.',
		message: 'Record 3000000038009 of Leads is locked in Zoho CRM',
		advice: UNLOCK,
	},
	{
		code: 'RECORD_IN_BLUEPRINT',
		said: 'record is in blueprint',
		message: 'Record 3000000038009 of Leads is in a blueprint of Zoho CRM that does not let it be changed',
		advice: 'Finish the transition',
	},
	{
		code: 'NOT_APPROVED',
		said: 'cannot get the record image that is not approved yet',
		message: 'Record 3000000038009 of Leads, or its photo, is not approved yet',
		advice: 'where Zia rejected the picture, upload another one',
	},
	{
		code: 'NOT_REVIEWED',
		said: '',
		message: 'Record 3000000038009 of Leads waits for its review',
		advice: 'Finish the review of the record in Zoho CRM',
	},
	{
		code: 'CANNOT_PERFORM_ACTION',
		said: '',
		message: `Zoho CRM cannot ${TASK} in the state the record is in`,
		advice: UNLOCK,
	},
	{
		code: 'CANNOT_PROCESS',
		said: 'Zia vision rejected the photo',
		message: 'Zoho CRM did not keep the photo for record 3000000038009 of Leads: Zia vision rejected the photo',
		advice: "the rules of Zia's image validation",
	},
	{
		code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
		said: 'please check if the file size is in the correct range',
		message: 'Zoho CRM finds the photo for record 3000000038009 of Leads too large',
		advice: RESIZE,
	},
	{
		code: 'FILE_SIZE_EXCEEDS',
		said: '',
		message: 'Zoho CRM finds the file of the photo for record 3000000038009 of Leads too large',
		advice: RESIZE,
	},
	{
		code: 'FILE_RESOLUTION_EXCEEDS',
		said: '',
		message: 'Zoho CRM finds that the photo for record 3000000038009 of Leads has too many pixels',
		advice: RESIZE,
	},
	{
		code: 'BODY_SIZE_REACHED',
		said: '',
		message: 'Zoho CRM finds the upload for record 3000000038009 of Leads too large',
		advice: RESIZE,
	},
	{
		code: 'INVALID_FILE_FORMAT',
		said: '',
		message: 'Zoho CRM did not take the file for record 3000000038009 of Leads as a picture',
		advice: CONVERT,
	},
	{
		code: 'UNMATCHED_FILE_CONTENT_TYPE',
		said: '',
		message: 'Zoho CRM finds that the content of the file for record 3000000038009 of Leads does not fit its name',
		advice: CONVERT,
	},
	{
		code: 'INVALID_FILE_EXTENSION',
		said: '',
		message: 'Zoho CRM did not take the extension of the file for record 3000000038009 of Leads',
		advice: CONVERT,
	},
	{
		code: 'INVALID_FILE_NAME',
		said: '',
		message: 'Zoho CRM did not take the name of the file for record 3000000038009 of Leads',
		advice: "the option 'File Name', e.g. photo.jpg",
	},
	{
		code: 'EMPTY_FILE_NOT_ALLOWED',
		said: '',
		message: 'Zoho CRM received an empty file for record 3000000038009 of Leads',
		advice: 'its binary field holds no bytes',
	},
	{
		code: 'failure_in_attachment_handling',
		said: 'Problem in uploading attachment. kindly upload the file properly',
		message: 'Zoho CRM could not read the upload for record 3000000038009 of Leads',
		advice: CONVERT,
	},
	{
		code: 'VIRUS_DETECTED',
		said: 'Unable to process your request. Virus has been detected.',
		message: 'Zoho CRM found a virus in the photo for record 3000000038009 of Leads',
		advice: 'Do not open the file',
	},
	{
		code: 'INVALID_REQUEST',
		said: 'invalid request',
		message: `Zoho CRM could not read the call to ${TASK}: invalid request`,
		advice: CHANGED,
	},
	{
		code: 'INVALID_REQUEST_METHOD',
		said: 'The http request method type is not a valid one',
		message: `Zoho CRM does not know the kind of call that is to ${TASK} in version v8 of its API`,
		advice: REPORT,
	},
	{
		code: 'METHOD_NOT_ALLOWED',
		said: '',
		message: `Zoho CRM does not allow the kind of call that is to ${TASK} in version v8 of its API`,
		advice: REPORT,
	},
	{
		code: 'TOO_MANY_REQUESTS',
		said: 'too many requests. please try again after some time',
		message: `Too many calls went to Zoho CRM at a time to ${TASK}, in one try`,
		advice: BUSY,
		passing: 'throttle',
	},
	{
		code: 'RATE_LIMIT_EXCEEDED',
		said: 'API rate limit exceeded. Please retry after some time',
		message: `Too many calls went to Zoho CRM at a time to ${TASK}, in one try`,
		advice: BUSY,
		passing: 'throttle',
	},
	{
		code: 'INTERNAL_ERROR',
		said: 'Internal Server Error',
		message: `Zoho CRM broke down while it was to ${TASK}, in one try`,
		advice: DOWN,
		passing: 'outage',
	},
	{
		code: 'INTERNAL_SERVER_ERROR',
		said: '',
		message: `Zoho CRM broke down while it was to ${TASK}, in one try`,
		advice: DOWN,
		passing: 'outage',
	},
	{
		code: 'BAD_GATEWAY',
		said: '',
		message: `Zoho CRM could not be reached behind its gateway to ${TASK}, in one try`,
		advice: DOWN,
		passing: 'outage',
	},
	{
		code: 'SERVICE_UNAVAILABLE',
		said: 'Service temporarily unavailable. Please try again later',
		message: `Zoho CRM was not available to ${TASK}, in one try`,
		advice: DOWN,
		passing: 'outage',
	},
	{
		code: 'FEATURE_NOT_SUPPORTED',
		said: '',
		message: `The edition of your Zoho CRM has no such feature, so it cannot ${TASK}`,
		advice: "about the org's edition",
		stops: 'module',
	},
	{
		code: 'LICENSE_LIMIT_EXCEEDED',
		said: '',
		message: `The license of your Zoho CRM has reached its limit, so it cannot ${TASK}`,
		advice: "about the org's license and storage",
	},
	{
		code: 'STORAGE_SPACE_EXCEEDED',
		said: '',
		message: `The file storage of your Zoho CRM org is full, so it cannot ${TASK}`,
		advice: 'Setup > Data Administration > Storage',
	},
	{
		code: 'MAX_RECORDS_LIMIT_REACHED',
		said: '',
		message: `Your Zoho CRM org has as many records as its edition allows, so it cannot ${TASK}`,
		advice: "about the org's edition and storage",
	},
	{
		code: 'LIMIT_EXCEEDED',
		said: 'more than 50 fields',
		message: `Zoho CRM has reached one of its limits, so it cannot ${TASK}: more than 50 fields`,
		advice: "about the org's limits and storage",
	},
	{
		code: 'LIMIT_REACHED',
		said: 'the limit is reached',
		message: `Zoho CRM has reached one of its limits, so it cannot ${TASK}: the limit is reached`,
		advice: "about the org's limits and storage",
	},
	{
		code: 'RECORD_MODIFIED',
		said: 'The record was modified after the time specified.',
		message: 'Record 3000000038009 of Leads was changed by somebody else at the same moment',
		advice: 'Run the item again.',
	},
	{
		code: 'DUPLICATE_DATA',
		said: 'duplicate data',
		message: `Zoho CRM sees a duplicate in what was sent to ${TASK}: duplicate data`,
		advice: 'merge or remove the duplicate',
	},
	...[
		'MANDATORY_NOT_FOUND',
		'REQUIRED_PARAM_MISSING',
		'EXPECTED_PARAM_MISSING',
		'DEPENDENT_FIELD_MISSING',
		'PATTERN_NOT_MATCHED',
		'UNABLE_TO_PARSE_DATA_TYPE',
		'INVALID_QUERY',
		'SYNTAX_ERROR',
		'NOT_SUPPORTED',
		'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
		'TOKEN_BOUND_DATA_MISMATCH',
	].map((code) => ({
		code,
		said: 'required field not found',
		message: `Zoho CRM did not accept the call to ${TASK}: required field not found (${code})`,
		advice: REPORT,
	})),
];

const NODE: INode = { id: '1', name: 'n', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };

/** What every text for a user keeps to, whatever it is about. */
function expectReadable({ message, description }: { message: string; description: string }): void {
	expect(message).toMatch(/^['A-Z]|^www\.|^n8n/);
	expect(message).not.toMatch(/\.$|\{\w*\}|undefined/);
	// n8n puts a sentence of its own in place of one in which it finds a code of Node's.
	expect(new NodeApiError(NODE, {}, { message, description }).message).toBe(message);
	expect(description).toMatch(/^[A-Z].*\.$/s);
	expect(description).not.toMatch(/\{\w*\}|undefined|\.\.|\s{2}/);
}

/** A client secret. */
const SECRET = '1a2b3cdefgh4i5j6k7l8m9n0o1p2q3r4s5t6u7v8w9';

/** Words that tell nothing. */
const FILLERS = /\b(errors?|failed|failure|problems?|mistakes?)\b/i;

describe("Zoho's refusals", () => {
	test.each(ROWS)('$code "$said"', ({ code, said, message, advice, stops, passing }) => {
		const { failure, passing: seen } = explainAnswer(answerOf(400, refusalBody(code, said)), asked(), connection());
		expect(failure).toMatchObject({ code, message, httpStatus: 400, attempts: 1 });
		expect(failure.answer).toEqual(refusalBody(code, said));
		expect(failure.description).toContain(advice);
		expect(failure.stops).toBe(stops);
		expect(seen).toBe(passing);
		expectReadable(failure);
		expect((failure.description + failure.message).replace(said.replace(/\.$/, ''), '')).not.toMatch(FILLERS);
		// What Zoho says is in one of the two sentences, whatever ours say.
		expect(failure.message + failure.description).toContain(said.replace(/\.$/, ''));
	});

	test('the rows above are all there are', () => {
		const told = REFUSALS.map(({ message }) => message.replace(/\{.*?\}/g, '').slice(0, 12));
		expect(new Set(ROWS.map(({ code }) => code))).toEqual(new Set(REFUSALS.map(({ code }) => code)));
		// INVALID_DATA about an id has two rows.
		expect(ROWS).toHaveLength(told.length + 1);
	});

	test.each([200, 202, 400, 403, 413, 415, 500])('the code decides, not HTTP status %i', (status) => {
		const { failure, passing } = explainAnswer(answerOf(status, refusalBody('RECORD_LOCKED')), asked(), connection());
		expect(failure).toMatchObject({ code: 'RECORD_LOCKED', httpStatus: status });
		expect(failure.message).toBe('Record 3000000038009 of Leads is locked in Zoho CRM');
		expect(passing).toBeUndefined();
	});

	test.each([
		['in data[0]', { data: [refusalBody('RECORD_LOCKED')] }, 'RECORD_LOCKED'],
		[
			'the older 429',
			{ code: 429, error: 'TOO_MANY_REQUESTS', error_info: 'Slow down', details: [] },
			'TOO_MANY_REQUESTS',
		],
		['a number', refusalBody(4711, 'odd'), 'UNKNOWN'],
	])('an envelope %s', (_, body, code) => {
		expect(explainAnswer(answerOf(400, body), asked(), connection()).failure.code).toBe(code);
	});

	test('a code that nobody knows keeps itself, the message and the details of Zoho', () => {
		const body = refusalBody('MOON_PHASE', 'the moon is not right', {
			phase: 'new',
			day: 3,
			cold: true,
			deep: { er: 1 },
		});
		const { failure } = explainAnswer(answerOf(400, body), asked(), connection());
		expect(failure.message).toBe(
			`Zoho CRM did not ${TASK}: the moon is not right (phase: new, day: 3, cold: true, er: 1) (MOON_PHASE)`,
		);
		expect(failure).toMatchObject({ code: 'MOON_PHASE', answer: body, stops: undefined });
		expect(failure.description).toContain("Zoho's API documentation");
		const silent = explainAnswer(answerOf(400, refusalBody('MOON_PHASE')), asked(), connection()).failure;
		expect(silent.message).toBe(`Zoho CRM did not ${TASK}: it gave no reason (MOON_PHASE)`);
		expectReadable(silent);
	});

	test('a code that is no word is UNKNOWN, and told as far as a sentence bears it', () => {
		const long = `<b>4711</b> ${'-'.repeat(2_000_000)}`;
		const { failure } = explainAnswer(answerOf(400, refusalBody(long, 'odd')), asked(), connection());
		expect(failure.code).toBe('UNKNOWN');
		expect(failure.message).toMatch(/: odd \(4711 -{195}\.\.\.\)$/);
	});

	test("the API access that a profile lacks is told from Zoho's list of permissions, and stops the run", () => {
		const body = refusalBody('NO_PERMISSION', 'permission denied', { permissions: ['Crm_Implied_Api_Access'] });
		const { failure } = explainAnswer(answerOf(403, body), asked(), connection());
		expect(failure.description).toContain("'Zoho CRM API Access' under Developer Permissions");
		expect(failure.description).toMatch(
			/ Zoho CRM said "permission denied \(permissions: Crm_Implied_Api_Access\)"\.$/,
		);
		expect(failure.stops).toBe('run');
	});

	test('another permission of the list is named, and stops nothing', () => {
		const body = refusalBody('NO_PERMISSION', 'denied', { permissions: ['Crm_Implied_Edit_Leads', 'Crm_Other'] });
		const { failure } = explainAnswer(answerOf(403, body), asked(), connection());
		expect(failure.description).toMatch(/ "denied \(permissions: Crm_Implied_Edit_Leads \/ Crm_Other\)"\.$/);
		expect(failure.stops).toBeUndefined();
	});

	test.each([
		['Deals', 'v2', "Zoho CRM has photos for Deals in newer versions of its API: set the option 'API Version' to v8."],
		['Deals', 'v8', 'Accounts, Products, Vendors or a custom module.'],
		['Tasks', 'v2.1', "Vendors, Deals (with the option 'API Version' set to v8) or a custom module."],
		['Tasks', 'v5', 'Vendors, Deals or a custom module.'],
	])('%s without photos in %s: what to choose', (module, apiVersion, advice) => {
		const call = asked({ address: { module, recordId: '1' }, apiVersion });
		const body = refusalBody('INVALID_MODULE', 'The given module is not supported in API');
		const { description } = explainAnswer(answerOf(400, body), call, connection()).failure;
		expect(description).toContain(advice);
		expect(module === 'Deals' && /Vendors, Deals/.test(description)).toBe(false);
	});

	test('a known code without a message stands for it', () => {
		const { failure } = explainAnswer(answerOf(400, refusalBody('CANNOT_PROCESS')), asked(), connection());
		expect(failure.message).toMatch(/: CANNOT_PROCESS$/);
	});

	test('an unknown code passes with HTTP 5xx and 429 only', () => {
		const passing = (status: number): unknown =>
			explainAnswer(answerOf(status, refusalBody('MOON_PHASE')), asked(), connection()).passing;
		expect([499, 500, 503, 429].map(passing)).toEqual([undefined, 'outage', 'outage', 'throttle']);
	});

	test('a long message of Zoho is cut, on one line', () => {
		const { failure } = explainAnswer(
			answerOf(400, refusalBody('MOON', `a\n\n${'b'.repeat(300)}`)),
			asked(),
			connection(),
		);
		expect(failure.message).toBe(`Zoho CRM did not ${TASK}: a ${'b'.repeat(198)}... (MOON)`);
	});

	test.each([
		['download', 'Contacts', 'download the photo of record 1 of Contacts', 'ZohoCRM.modules.contacts.READ'],
		['delete', 'My_Module', 'delete the photo of record 1 of My_Module', 'ZohoCRM.modules.custom.DELETE'],
		['read', 'Deals', 'read record 1 of Deals', 'ZohoCRM.modules.deals.READ'],
		['search', 'Leads', 'search record 1 of Leads', 'ZohoCRM.modules.leads.READ,ZohoSearch.securesearch.READ'],
		['find', 'Leads', 'look through record 1 of Leads', 'ZohoCRM.modules.leads.READ,ZohoCRM.coql.READ'],
		['listModules', '', 'read the list of modules', 'ZohoCRM.settings.modules.READ'],
	] as const)('a scope missing to %s %s', (task, module, phrase, scope) => {
		const call = asked({ task, address: { module, recordId: '1' } });
		const { failure } = explainAnswer(answerOf(401, refusalBody('OAUTH_SCOPE_MISMATCH')), call, connection());
		expect(failure.message).toBe(`The credential lacks the scope ${scope}, so Zoho CRM did not let it ${phrase}`);
		expect(failure.description).toContain(`add ${scope} to 'Enabled Scopes'`);
	});

	test('a list of records is told without a record', () => {
		const call = asked({ task: 'search', address: { module: 'Leads', recordId: '' } });
		const { failure } = explainAnswer(answerOf(400, refusalBody('INVALID_DATA', 'no such id')), call, connection());
		expect(failure.message).toBe('Zoho CRM did not find the records of Leads');
	});

	test('a missing scope stops one module where scopes name modules', () => {
		const stops = (scopes: string): unknown =>
			explainAnswer(answerOf(403, refusalBody('OAUTH_SCOPE_MISMATCH')), asked(), connection({ scopes })).failure.stops;
		expect(stops('ZohoCRM.modules.contacts.ALL')).toBe('module');
		expect(stops('ZohoCRM.modules.READ')).toBe('run');
	});

	test('only downloads and deletions are not told of the option that they do not have', () => {
		const advice = (task: 'upload' | 'download'): string =>
			explainAnswer(answerOf(429, refusalBody('TOO_MANY_REQUESTS')), asked({ task, attempts: 5 }), connection()).failure
				.description;
		expect(advice('upload')).toBe(
			"Lower the option 'Parallel Uploads' (Zoho CRM takes 5 to 25 calls at a time, by edition), let other workflows of the org end first, or raise the option 'Wait at Most'.",
		);
		expect(advice('download')).toBe("Let other workflows of the org end first, or raise the option 'Wait at Most'.");
	});

	test('an old version of the API is told to be set back', () => {
		const { failure } = explainAnswer(
			answerOf(400, refusalBody('API_NOT_SUPPORTED')),
			asked({ apiVersion: 'v2' }),
			connection(),
		);
		expect(failure.message).toMatch(/^Version v2 /);
		expect(failure.description).toBe("Set the option 'API Version' back to v8.");
	});

	test('tries are counted', () => {
		const { failure } = explainAnswer(
			answerOf(500, refusalBody('INTERNAL_ERROR')),
			asked({ attempts: 5 }),
			connection(),
		);
		expect(failure.message).toMatch(/in 5 tries$/);
		expect(failure.attempts).toBe(5);
	});

	test('a token refused in another data center names both', () => {
		const home = dataCenterOfAccounts('zoho.eu');
		const { failure } = explainAnswer(answerOf(401, refusalBody('INVALID_TOKEN')), asked(), connection({ home }));
		expect(failure.description).toMatch(
			/^The account lives in the data center Europe \(EU\), the credential says United States \(US\): choose Europe \(EU\) there\. Open/,
		);
	});
});

describe('too many calls', () => {
	test('the credits of the day are used up, by the header or by the words', () => {
		const header = { 'x-api-credits-remaining': '0' };
		const words = refusalBody(429, 'Many requests fired than the allowed limit for the past 24 hours.');
		for (const answer of [
			answerOf(429, refusalBody('TOO_MANY_REQUESTS'), header),
			answerOf(429, words),
			answerOf(429, '<h1>429</h1>', header),
		]) {
			const { failure, passing } = explainAnswer(answer, asked(), connection());
			expect(failure.message).toBe(
				`Your Zoho CRM org has used up its API credits of the last 24 hours, so it did not ${TASK}`,
			);
			expect(failure.description).toContain('APIs and SDKs > Usage');
			expect(failure.stops).toBe('run');
			expect(passing).toBeUndefined();
		}
	});

	test('no credits left is no matter for a refusal of another kind', () => {
		const answer = answerOf(400, refusalBody('RECORD_LOCKED'), { 'x-api-credits-remaining': '0' });
		expect(explainAnswer(answer, asked(), connection()).failure.stops).toBeUndefined();
		const some = answerOf(429, refusalBody('TOO_MANY_REQUESTS'), { 'x-api-credits-remaining': '10' });
		expect(explainAnswer(some, asked(), connection()).passing).toBe('throttle');
	});

	test('Retry-After is handed on, and ends the run where it is too long to wait for', () => {
		const after = (seconds: number): ReturnType<typeof explainAnswer> =>
			explainAnswer(
				answerOf(503, refusalBody('SERVICE_UNAVAILABLE'), { 'retry-after': String(seconds) }),
				asked(),
				connection(),
			);
		expect(after(600)).toMatchObject({ passing: 'outage', wait: 600_000, failure: { stops: undefined } });
		const long = after(601);
		expect(long.passing).toBeUndefined();
		expect(long.failure.stops).toBe('run');
		expect(long.failure.message).toBe(`Zoho CRM asks to wait 11 minutes before the next call, so it did not ${TASK}`);
		expect(long.failure.description).toBe('Run the remaining items after that time.');
		const never = answerOf(400, refusalBody('RECORD_LOCKED'), { 'retry-after': '7000' });
		expect(explainAnswer(never, asked(), connection()).failure.message).toMatch(/locked/);
	});
});

describe("answers that are not Zoho's", () => {
	const PAGE =
		'<html><head><title>Oh</title><style>b{x}</style><script>let a;</script></head><body><b>Go\n away</b></body></html>';

	test.each([
		[
			302,
			'REDIRECTED',
			`The call to ${TASK} was sent on to evil.example, which was not followed`,
			'The access token goes to the API of Zoho CRM alone',
			undefined,
			undefined,
		],
		[
			401,
			'UNEXPECTED_ANSWER',
			`The access token was turned away by something that is not Zoho CRM in the call to ${TASK}: Oh Go away`,
			'connect the account of the credential again',
			'run',
			undefined,
		],
		[
			407,
			'UNEXPECTED_ANSWER',
			`The proxy between n8n and Zoho CRM asks for a log-in, so it did not let the call to ${TASK} through`,
			'HTTPS_PROXY',
			'run',
			undefined,
		],
		[
			413,
			'BODY_SIZE_REACHED',
			`A gateway before Zoho CRM did not take a call as large as the one to ${TASK}`,
			'Resize the photo with an Edit Image node',
			undefined,
			undefined,
		],
		[
			429,
			'TOO_MANY_REQUESTS',
			`Too many calls went to Zoho CRM at a time to ${TASK}, in one try`,
			'Parallel Uploads',
			undefined,
			'throttle',
		],
		[
			500,
			'UNEXPECTED_ANSWER',
			`A gateway before Zoho CRM answered with HTTP status 500 to the call to ${TASK}, in one try: Oh Go away`,
			"Raise the option 'Max Retries'",
			undefined,
			'outage',
		],
		[
			503,
			'UNEXPECTED_ANSWER',
			`A gateway before Zoho CRM answered with HTTP status 503 to the call to ${TASK}, in one try: Oh Go away`,
			'Run the item again later',
			undefined,
			'outage',
		],
		[
			200,
			'UNEXPECTED_ANSWER',
			`An answer that is not Zoho CRM's, with HTTP status 200, came to the call to ${TASK}: Oh Go away`,
			'Look for a proxy or firewall between n8n and Zoho that answers in its place.',
			undefined,
			undefined,
		],
		[
			403,
			'UNEXPECTED_ANSWER',
			`An answer that is not Zoho CRM's, with HTTP status 403, came to the call to ${TASK}: Oh Go away`,
			'Look for a proxy or firewall between n8n and Zoho that answers in its place.',
			undefined,
			undefined,
		],
	])('a page with HTTP status %i', (status, code, message, advice, stops, passing) => {
		const seen = explainAnswer(
			answerOf(status, PAGE, { location: 'https://evil.example/x?token=1' }),
			asked(),
			connection(),
		);
		expect(seen.failure).toMatchObject({ code, message, httpStatus: status, attempts: 1, answer: undefined });
		expect(seen.failure.description).toContain(advice);
		expect(seen.failure.stops).toBe(stops);
		expect(seen.passing).toBe(passing);
		expectReadable(seen.failure);
		expect(seen.failure.message + seen.failure.description).not.toMatch(FILLERS);
	});

	test.each([301, 303, 307, 308])('HTTP %i leads elsewhere', (status) => {
		const { failure } = explainAnswer(answerOf(status, '', { location: '/log-in' }), asked(), connection());
		expect(failure.code).toBe('REDIRECTED');
		expect(failure.message).toContain('sent on to another address');
		expect(explainAnswer(answerOf(304), asked(), connection()).failure.code).toBe('UNEXPECTED_ANSWER');
	});

	test.each([
		['nothing', ''],
		['JSON that is no object', '[1, 2]'],
		['broken JSON', '{"code":'],
		['JSON without a code', '{"message":"no"}'],
	])('%s', (_, body) => {
		const { failure } = explainAnswer(answerOf(200, body), asked(), connection());
		expect(failure.code).toBe('UNEXPECTED_ANSWER');
		expect(failure.message).toBe(
			`An answer that is not Zoho CRM's, with HTTP status 200, came to the call to ${TASK}${body === '' ? '' : `: ${body}`}`,
		);
	});

	test('a token that a page or JSON echoes is struck out of all texts', () => {
		const cut = TOKEN.slice(0, 30);
		const half = TOKEN.slice(35);
		for (const body of [
			`<p>${TOKEN.slice(0, 35)}<i></i>${half}</p>`,
			`<p>${TOKEN.slice(0, 35)}\n\u200b${half}</p>`,
			`<p>${[...TOKEN].map((one) => `&#${one.charCodeAt(0)};`).join('')}</p>`,
			`<p>client_secret=${SECRET}&amp;x=1</p>`,
			refusalBody('MOON', `the secret ${SECRET.slice(4)}`),
			refusalBody('MOON', 'x *** x', { [TOKEN]: [[TOKEN, SECRET]], list: [SECRET] }),
			JSON.stringify(refusalBody('MOON', TOKEN)).replaceAll('1000.', '\\u0031\\u0030\\u00300.'),
			`<p>Authorization: Bearer ${TOKEN}</p>`,
			refusalBody('MOON', `Bearer ${TOKEN} is bad`, { header: `Zoho-oauthtoken ${TOKEN}`, deep: { token: TOKEN } }),
			`cut ${cut}`,
			`Bearer something-else`,
		]) {
			const { failure } = explainAnswer(
				answerOf(403, body),
				asked(),
				connection({ credential: { clientSecret: SECRET } }),
			);
			expect(failure.message).toContain('***');
			expect(JSON.stringify(failure)).not.toMatch(/1000\.0123|something-else|0123456789ab|fedcba98|cdefgh|89abcdef/i);
		}
	});
});

describe('refusals that are kept', () => {
	test('hold little memory, however large the answers were', () => {
		setFlagsFromString('--expose-gc');
		const collect: () => void = runInNewContext('gc');
		const explained = (n: number): unknown =>
			explainAnswer(
				answerOf(400, refusalBody('MOON', `${n} ${'m'.repeat(1_000_000)}`, { list: ['d'.repeat(1_000_000)] })),
				asked(),
				connection(),
			).failure;
		explained(0);
		collect();
		const before = process.memoryUsage().heapUsed;
		const kept = [...Array(40).keys()].map(explained);
		collect();
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
		expect(kept).toHaveLength(40);
	});

	test('can be written as JSON, however deep the answers were', () => {
		const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
		const list = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
		const body = `{"code":"MOON","details":{"deep":${deep},"list":${list}},"message":"m"}`;
		const { failure } = explainAnswer(answerOf(400, body), asked(), connection());
		expect(JSON.stringify(failure).length).toBeLessThan(2000);
		expect(failure.message).toMatch(/: m \(MOON\)$/);
	});
});

describe('a page that is no page', () => {
	const message = (body: Buffer | string): string => {
		const answer = { status: 503, headers: {}, body: Buffer.from(body) };
		return explainAnswer(answer, asked(), connection()).failure.message;
	};

	test.each([
		['tags that never end', '<'.repeat(1_000_000)],
		['scripts that never end', '<script '.repeat(200_000)],
		['white space', `Bearer${' '.repeat(1_000_000)}`],
	])('is quoted in no more time than reading it takes: %s', (_, body) => {
		expect(message(body)).toMatch(/^A gateway before Zoho CRM answered with HTTP status 503/);
	});

	test('is not quoted where it is a file', () => {
		expect(message(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0x49]))).toMatch(/in one try$/);
		expect(message(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toMatch(/in one try$/);
	});

	test('is quoted from its front, without what stands in scripts', () => {
		const page = `<title>Away</title><script>var x = 1;</script><p>Back at five${'é'.repeat(20_000)}`;
		expect(message(page)).toMatch(/: Away Back at fiveé+\.\.\.$/);
	});
});

test.each([
	['90000000000000000000', 'asks to wait more than a day'],
	['86400', 'asks to wait 1440 minutes'],
])('a Retry-After of %s seconds %s', (value, words) => {
	const answer = answerOf(429, refusalBody('TOO_MANY_REQUESTS'), { 'retry-after': value });
	expect(explainAnswer(answer, asked(), connection()).failure.message).toContain(words);
});

test('a 401 in words that nobody knows stops the run, as a refused token does', () => {
	const answer = answerOf(401, refusalBody('OAUTH_TOKEN_STRANGE', 'strange token'));
	expect(isAboutToken(answer)).toBe(true);
	expect(explainAnswer(answer, asked(), connection()).failure.stops).toBe('run');
	expect(isAboutToken(answerOf(401, refusalBody('OAUTH_SCOPE_MISMATCH')))).toBe(false);
});

describe('whether an answer is about the token', () => {
	test.each([
		[401, refusalBody('INVALID_TOKEN'), true],
		[400, refusalBody('INVALID_TOKEN'), true],
		[401, refusalBody('AUTHENTICATION_FAILURE'), true],
		[400, refusalBody('AUTHENTICATION_FAILED'), true],
		[403, refusalBody('INVALID_OAUTHTOKEN'), true],
		[401, '<h1>401</h1>', true],
		[401, refusalBody('OAUTH_SCOPE_MISMATCH'), false],
		[401, refusalBody('NO_PERMISSION'), false],
		[403, '<h1>403</h1>', false],
		[200, refusalBody('SUCCESS'), false],
	])('%i %j: %s', (status, body, is) => {
		expect(isAboutToken(answerOf(status, body))).toBe(is);
	});
});

describe('calls without an answer', () => {
	test.each([
		[
			'HOST_NOT_FOUND',
			`The host www.zohoapis.com was not found, so the call to ${TASK} was not sent`,
			"look up Zoho's names",
		],
		[
			'CONNECTION_REFUSED',
			`The host www.zohoapis.com refused the connection for the call to ${TASK}`,
			'firewall and proxy settings',
		],
		[
			'CONNECTION_LOST',
			`The connection to www.zohoapis.com broke off during the call to ${TASK}, in 2 tries`,
			"the option 'Max Retries'",
		],
		[
			'CERTIFICATE_NOT_TRUSTED',
			`The certificate of www.zohoapis.com is not trusted, so the call to ${TASK} was not sent`,
			'NODE_EXTRA_CA_CERTS',
		],
		[
			'TIMED_OUT',
			`www.zohoapis.com did not answer the call to ${TASK} within 1.5 seconds, in 2 tries`,
			"Raise the option 'Timeout', or lower the option 'Parallel Uploads' if the connection is slow.",
		],
		[
			'NO_ANSWER',
			`No answer came from www.zohoapis.com to the call to ${TASK}: blocked ***`,
			'network and proxy settings',
		],
	] as const)('%s', (code, message, advice) => {
		const call = asked({ attempts: 2, timeout: 1500 });
		const failure = explainNoAnswer({ code, passing: false, said: `blocked ${TOKEN}` }, call, connection());
		expect(failure).toMatchObject({ code, message, attempts: 2 });
		expect(failure).not.toHaveProperty('httpStatus');
		expect(failure.description).toContain(advice);
		expectReadable(failure);
		expect(failure.message + failure.description).not.toMatch(FILLERS);
	});

	test.each([
		['connect ECONNREFUSED 10.0.0.1:3128', 'The proxy between n8n and www.zohoapis.com refused the connection'],
		['connect ECONNREFUSED 136.143.190.1:443', 'The host www.zohoapis.com refused the connection'],
	])('%s: %s', (said, message) => {
		const failure = explainNoAnswer({ code: 'CONNECTION_REFUSED', passing: false, said }, asked(), connection());
		expect(failure).toMatchObject({ code: 'CONNECTION_REFUSED', message: expect.stringContaining(message) });
	});

	test('those are all', () => {
		expect(Object.keys(NETWORK_REFUSALS)).toHaveLength(7);
	});

	test('a download is not told of Parallel Uploads', () => {
		const failure = explainNoAnswer(readNoAnswer({ code: 'ETIMEDOUT' }), asked({ task: 'download' }), connection());
		expect(failure.description).toBe("Raise the option 'Timeout'.");
	});

	test('nothing said leaves no colon behind', () => {
		expect(explainNoAnswer(readNoAnswer(undefined), asked(), connection()).message).toBe(
			`No answer came from www.zohoapis.com to the call to ${TASK}`,
		);
	});
});
