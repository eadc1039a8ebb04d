import type { Sentences } from '../sentences';

/**
 * One refusal of Zoho's, told to the user. Both texts may hold `{task}` (put the photo on record 1 of Leads), `{subject}`
 * (record 1 of Leads) and `{Subject}`, `{module}`, `{scope}`, `{tries}`, `{said}` (Zoho's own message), `{code}`, `{host}`, `{version}`,
 * `{scopeSwitch}` (what in the credential asks for the scope), `{pictureField}` (the field of the record that holds the picture),
 * `{otherVersion}` (advice about the API version), `{photoModules}` (which modules have photos), `{slowDown}` (advice to send less at a time), `{waited}` (for how long it was tried, if for a second or more), `{account}` (where the account
 * lives, if elsewhere than the credential says) and `{wait}`.
 */
export interface Refusal extends Sentences {
	code: string;
	/** Tells refusals of one code apart by Zoho's message; the first that fits counts, one without it fits always. */
	said?: RegExp;
	/** The reason in a few words, where the code alone does not give it (see Failure). */
	short?: string;
	/** What else is bound to meet the same refusal. */
	stops?: 'run' | 'module';
	/** Set where the same call can succeed later: too many calls at a time, or an outage. */
	passing?: 'throttle' | 'outage';
}

const ASK_ADMIN =
	"Ask a Zoho CRM administrator to allow it in the user's profile (module {module} and its {pictureField}), or connect the credential as a user who may.";
const LOCKED =
	'Wait until the approval, review or merge that holds the record has ended, or unlock it in Zoho CRM, then run the item again.';
const ZOHO_DOWN =
	"Run the item again later; Zoho's service status page tells of outages. Raise the option 'Max Retries' to ride out longer ones.";
const TOO_LARGE =
	"Resize the photo with an Edit Image node before this one (at most 10 MB and at most 10 megapixels, e.g. 3600 x 2700), or set the option 'If Zoho CRM Would Not Take the Photo' to Make It Fit.";
const SEND_AS_IS =
	"Convert the photo to JPEG or PNG with an Edit Image node before this one; if a JPEG or PNG made that way is refused too, report it to this node's maintainers.";
const CHANGED_ON_THE_WAY =
	"Look for a proxy or firewall between n8n and Zoho that changes uploads; if there is none, report it to this node's maintainers.";
const RECONNECT =
	'{account}Open the credential, check that its Data Center is the one of your Zoho account, and connect the account again.';
const BUSY = 'Too many calls went to Zoho CRM at a time to {task}, in {tries}{waited}';

/**
 * Every refusal that Zoho documents for the photo of a record or for its API at large.
 *
 * The code decides, never the HTTP status: the same code comes as 400, 413 or 415 by API version. Sources: the error
 * table of "Upload a Photo" (v2), the v7 and v8 pages of upload, download and delete, the organisation photo and files
 * pages for what the record photo's page leaves open, and Zoho's OpenAPI files for the general codes.
 */
export const REFUSALS: readonly Refusal[] = [
	{
		code: 'INVALID_TOKEN',
		message: 'Zoho CRM did not accept the access token of the credential at {host}, not even a renewed one',
		description: RECONNECT,
		stops: 'run',
	},
	{
		code: 'AUTHENTICATION_FAILURE',
		message: 'Zoho CRM saw no valid access token of the credential at {host}, not even a renewed one',
		description: RECONNECT,
		stops: 'run',
	},
	{
		code: 'INVALID_OAUTHTOKEN',
		message: 'Zoho CRM did not accept the access token of the credential at {host}, not even a renewed one',
		description: RECONNECT,
		stops: 'run',
	},
	{
		code: 'AUTHENTICATION_FAILED',
		message: 'Zoho CRM saw no valid access token of the credential at {host}, not even a renewed one',
		description: RECONNECT,
		stops: 'run',
	},
	{
		code: 'INVALID_MODULE',
		said: /not supported/i,
		short: 'without photos in the module',
		message: 'The API of Zoho CRM has no photos for records of the module {module}',
		description: '{photoModules}',
		stops: 'module',
	},
	{
		code: 'INVALID_MODULE',
		message: 'Zoho CRM has no module with the API name {module}',
		description:
			"Pick the module from the list, or look up its API name in Zoho CRM under Setup > Developer Hub > APIs and SDKs > API Names: it may differ from the tab's label (Meetings is Events).",
		stops: 'module',
	},
	{
		code: 'INVALID_URL_PATTERN',
		message: 'Zoho CRM has no address to {task} in version {version} of its API',
		description: "Check the module's API name and the record id. {otherVersion}",
	},
	{
		code: 'API_NOT_SUPPORTED',
		message: 'Version {version} of the API of Zoho CRM cannot {task}',
		description: '{otherVersion}',
	},
	{
		code: 'OAUTH_SCOPE_MISMATCH',
		message: 'The credential lacks the scope {scope}, so Zoho CRM did not let it {task}',
		description:
			"Open the credential, {scopeSwitch} or add {scope} to 'Enabled Scopes', and connect the account again: a scope counts from the next connection on.",
		stops: 'run',
	},
	...(['NO_PERMISSION', 'AUTHORIZATION_FAILED'] as const).map((code) => ({
		code,
		said: /Crm_Implied_Api_Access/i,
		short: 'without access to the API',
		message: 'The profile of the Zoho CRM user of the credential has no API access, so Zoho CRM did not {task}',
		description:
			"Ask a Zoho CRM administrator to switch on 'Zoho CRM API Access' under Developer Permissions in the user's profile, or connect the credential as a user who has it.",
		stops: 'run' as const,
	})),
	{
		code: 'NO_PERMISSION',
		message: 'The Zoho CRM user of the credential has no permission to {task}',
		description: ASK_ADMIN,
	},
	{
		code: 'AUTHORIZATION_FAILED',
		message: 'The Zoho CRM user of the credential lacks the privilege to {task}',
		description: ASK_ADMIN,
	},
	{
		code: 'INVALID_DATA',
		said: /file type/i,
		short: 'not taken as a picture',
		message: 'Zoho CRM did not take the file for {subject} as a picture',
		description: SEND_AS_IS,
	},
	{
		code: 'INVALID_DATA',
		said: /not contain any file/i,
		message: 'Zoho CRM found no file in the upload for {subject}',
		description: CHANGED_ON_THE_WAY,
	},
	{
		code: 'INVALID_DATA',
		said: /more than one file/i,
		message: 'Zoho CRM saw more than one file in the upload for {subject}',
		description: CHANGED_ON_THE_WAY,
	},
	{
		code: 'INVALID_DATA',
		said: /\bid\b/i,
		short: 'record not found',
		message: 'Zoho CRM did not find {subject}',
		description:
			'Check the record id, the module, and that the credential is connected to the org (production or sandbox) that has the record; deleted records and converted leads are not found.',
	},
	{
		code: 'INVALID_DATA',
		message: 'Zoho CRM did not accept what was sent to {task}: {said}',
		description: 'Check the module, the record id and the file of this item.',
	},
	{
		code: 'RECORD_LOCKED',
		said: /not approved/i,
		message: 'The photo of {subject} is held back by Zoho CRM until it is approved',
		description: "Wait until Zia's check of the image or the merge of duplicates has ended, then run the item again.",
	},
	{ code: 'RECORD_LOCKED', message: '{Subject} is locked in Zoho CRM', description: LOCKED },
	{
		code: 'RECORD_IN_BLUEPRINT',
		message: '{Subject} is in a blueprint of Zoho CRM that does not let it be changed',
		description:
			'Finish the transition that the record is in, or have a Zoho CRM administrator change the blueprint, then run the item again.',
	},
	{
		code: 'NOT_APPROVED',
		message: '{Subject}, or its photo, is not approved yet',
		description:
			'Have the record approved in Zoho CRM; where Zia rejected the picture, upload another one or delete it, then run the item again.',
	},
	{
		code: 'NOT_REVIEWED',
		message: '{Subject} waits for its review',
		description: 'Finish the review of the record in Zoho CRM, then run the item again.',
	},
	{
		code: 'CANNOT_PERFORM_ACTION',
		message: 'Zoho CRM cannot {task} in the state the record is in',
		description: LOCKED,
	},
	{
		code: 'CANNOT_PROCESS',
		message: 'Zoho CRM did not keep the photo for {subject}: {said}',
		description: "Use another picture, or have a Zoho CRM administrator change the rules of Zia's image validation.",
	},
	{
		code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
		message: 'Zoho CRM finds the photo for {subject} too large',
		description: TOO_LARGE,
	},
	{
		code: 'FILE_SIZE_EXCEEDS',
		message: 'Zoho CRM finds the file of the photo for {subject} too large',
		description: TOO_LARGE,
	},
	{
		code: 'FILE_RESOLUTION_EXCEEDS',
		message: 'Zoho CRM finds that the photo for {subject} has too many pixels',
		description: TOO_LARGE,
	},
	{
		code: 'BODY_SIZE_REACHED',
		message: 'Zoho CRM finds the upload for {subject} too large',
		description: TOO_LARGE,
	},
	{
		code: 'INVALID_FILE_FORMAT',
		message: 'Zoho CRM did not take the file for {subject} as a picture',
		description: SEND_AS_IS,
	},
	{
		code: 'UNMATCHED_FILE_CONTENT_TYPE',
		message: 'Zoho CRM finds that the content of the file for {subject} does not fit its name',
		description: SEND_AS_IS,
	},
	{
		code: 'INVALID_FILE_EXTENSION',
		message: 'Zoho CRM did not take the extension of the file for {subject}',
		description: SEND_AS_IS,
	},
	{
		code: 'INVALID_FILE_NAME',
		message: 'Zoho CRM did not take the name of the file for {subject}',
		description: "Give a plain name in the option 'File Name', e.g. photo.jpg.",
	},
	{
		code: 'EMPTY_FILE_NOT_ALLOWED',
		message: 'Zoho CRM received an empty file for {subject}',
		description: 'Look at the node that gave the photo: its binary field holds no bytes.',
	},
	{
		code: 'failure_in_attachment_handling',
		message: 'Zoho CRM could not read the upload for {subject}',
		description: SEND_AS_IS,
	},
	{
		code: 'VIRUS_DETECTED',
		message: 'Zoho CRM found a virus in the photo for {subject}',
		description: 'Do not open the file; have its source checked and use another photo.',
	},
	{
		code: 'INVALID_REQUEST',
		message: 'Zoho CRM could not read the call to {task}: {said}',
		description: CHANGED_ON_THE_WAY,
	},
	{
		code: 'INVALID_REQUEST_METHOD',
		message: 'Zoho CRM does not know the kind of call that is to {task} in version {version} of its API',
		description: '{otherVersion}',
	},
	{
		code: 'METHOD_NOT_ALLOWED',
		message: 'Zoho CRM does not allow the kind of call that is to {task} in version {version} of its API',
		description: '{otherVersion}',
	},
	{
		code: 'TOO_MANY_REQUESTS',
		message: BUSY,
		description: '{slowDown}',
		passing: 'throttle',
	},
	{
		code: 'RATE_LIMIT_EXCEEDED',
		message: BUSY,
		description: '{slowDown}',
		passing: 'throttle',
	},
	{
		code: 'INTERNAL_ERROR',
		message: 'Zoho CRM broke down while it was to {task}, in {tries}',
		description: ZOHO_DOWN,
		passing: 'outage',
	},
	{
		code: 'INTERNAL_SERVER_ERROR',
		message: 'Zoho CRM broke down while it was to {task}, in {tries}',
		description: ZOHO_DOWN,
		passing: 'outage',
	},
	{
		code: 'BAD_GATEWAY',
		message: 'Zoho CRM could not be reached behind its gateway to {task}, in {tries}',
		description: ZOHO_DOWN,
		passing: 'outage',
	},
	{
		code: 'SERVICE_UNAVAILABLE',
		message: 'Zoho CRM was not available to {task}, in {tries}',
		description: ZOHO_DOWN,
		passing: 'outage',
	},
	{
		code: 'FEATURE_NOT_SUPPORTED',
		message: 'The edition of your Zoho CRM has no such feature, so it cannot {task}',
		description: "Ask your Zoho CRM administrator about the org's edition, or choose another module.",
		stops: 'module',
	},
	{
		code: 'LICENSE_LIMIT_EXCEEDED',
		message: 'The license of your Zoho CRM has reached its limit, so it cannot {task}',
		description: "Ask your Zoho CRM administrator about the org's license and storage.",
	},
	{
		code: 'STORAGE_SPACE_EXCEEDED',
		short: 'without storage left',
		message: 'The file storage of your Zoho CRM org is full, so it cannot {task}',
		description:
			'Delete files that nobody needs or buy storage (Zoho CRM: Setup > Data Administration > Storage), then run the remaining items.',
	},
	{
		code: 'MAX_RECORDS_LIMIT_REACHED',
		short: 'over the limit of records',
		message: 'Your Zoho CRM org has as many records as its edition allows, so it cannot {task}',
		description: "Ask your Zoho CRM administrator about the org's edition and storage, then run the remaining items.",
	},
	{
		code: 'LIMIT_EXCEEDED',
		message: 'Zoho CRM has reached one of its limits, so it cannot {task}: {said}',
		description: "Ask your Zoho CRM administrator about the org's limits and storage.",
	},
	{
		code: 'LIMIT_REACHED',
		message: 'Zoho CRM has reached one of its limits, so it cannot {task}: {said}',
		description: "Ask your Zoho CRM administrator about the org's limits and storage.",
	},
	{
		code: 'RECORD_MODIFIED',
		message: '{Subject} was changed by somebody else at the same moment',
		description: 'Run the item again.',
	},
	{
		code: 'DUPLICATE_DATA',
		message: 'Zoho CRM sees a duplicate in what was sent to {task}: {said}',
		description: 'Check the record in Zoho CRM; merge or remove the duplicate, then run the item again.',
	},
	...(
		[
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
		] as const
	).map((code) => ({
		code,
		message: `Zoho CRM did not accept the call to {task}: {said} (${code})`,
		description: '{otherVersion}',
	})),
];

/** For a code that is in no documentation: Zoho's own words are all there is. */
export const UNKNOWN_REFUSAL: Refusal = {
	code: '',
	message: 'Zoho CRM did not {task}: {said} ({code})',
	description: "Look up the code in Zoho's API documentation, or ask Zoho's support with the words of this message.",
};

/** 429 with `X-API-CREDITS-REMAINING: 0`: nothing goes through until the org has credits again (Zoho's API limits page). */
export const CREDITS_USED_UP: Refusal = {
	code: 'TOO_MANY_REQUESTS',
	short: 'without API credits left',
	message: 'Your Zoho CRM org has used up its API credits of the last 24 hours, so it did not {task}',
	description:
		'Run the remaining items when credits are free again: they come back hour by hour (Zoho CRM: Setup > Developer Hub > APIs and SDKs > Usage), or buy more.',
	stops: 'run',
};

/** A `Retry-After` that no run should be held for. */
export const LONG_WAIT: Sentences = {
	message: 'Zoho CRM asks to wait {wait} before the next call, so it did not {task}',
	description: 'Run the remaining items after that time.',
};

/** The refusal that fits a code and Zoho's message. */
export function refusalFor(code: string, said: string): Refusal {
	return (
		REFUSALS.find((refusal) => refusal.code === code && (refusal.said === undefined || refusal.said.test(said))) ??
		UNKNOWN_REFUSAL
	);
}
