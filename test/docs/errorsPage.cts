import { readConnection, type Connection } from '../../nodes/ZohoCrmPhoto/zoho/account/connection';
import { valuesOf, type Asked } from '../../nodes/ZohoCrmPhoto/zoho/answers/explain';
import { GATEWAY_REFUSALS } from '../../nodes/ZohoCrmPhoto/zoho/answers/gatewayRefusals';
import { NETWORK_REFUSALS } from '../../nodes/ZohoCrmPhoto/zoho/answers/networkRefusals';
import { CREDITS_USED_UP, LONG_WAIT, REFUSALS, UNKNOWN_REFUSAL } from '../../nodes/ZohoCrmPhoto/zoho/answers/refusals';
import { told, type Sentences } from '../../nodes/ZohoCrmPhoto/zoho/sentences';
import {
	ACCOUNTS_UNREACHED,
	NEVER_CONNECTED,
	NO_CREDENTIAL,
	NO_REASON,
	NOT_RENEWABLE,
	TOKEN_REFUSALS,
	UNKNOWN_TOKEN_REFUSAL,
	UNTRUSTED,
	UNTRUSTED_ACCOUNTS,
} from '../../nodes/ZohoCrmPhoto/zoho/account/tokenRefusals';

/** A code that the node gives without asking Zoho: what it means, and what to do. */
type OwnCode = [code: string, meaning: string, remedy: string];

/**
 * Codes of the node's own checks. Their sentences are made of the file's or the parameter's own values, so the page says in
 * general what they are about; a test holds this list against the codes in the source.
 */
export const OWN_CODES: readonly OwnCode[] = [
	[
		'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
		'The photo has more than 10 MB (10,485,760 bytes) or more than 10 megapixels (width times height, 10,000,000). The code is the one that Zoho uses.',
		"Set the option 'If Zoho CRM Would Not Take the Photo' to Make It Fit, or put an Edit Image node before this one that resizes it.",
	],
	[
		'UNSUPPORTED_FILE_TYPE',
		'The file is of a known kind that Zoho CRM does not take, which the message names: WebP, HEIC, AVIF, TIFF, SVG, PDF and others.',
		'Convert it to JPEG or PNG before this node. The description says what can do it.',
	],
	[
		'NOT_AN_IMAGE',
		'The file is no picture: often a page (HTML) or a message (JSON) that a download brought in place of the photo.',
		'Look at the node that gave the file: its address, its log-in.',
	],
	['EMPTY_FILE', 'The file has no bytes.', 'Look at the node that gave the file.'],
	[
		'CORRUPT_IMAGE',
		'The file begins like a picture, but its header cannot be read, or it is cut off.',
		'Fetch the file again; open it in an image program to see whether it is whole.',
	],
	[
		'BINARY_NOT_FOUND',
		"The item has no file in the field that the parameter 'Input Binary Field' names; the description lists the fields it does have. Left at 'data', the one field that holds a picture is taken; where two do, neither is.",
		"Set 'Input Binary Field' to one of them, or have the node before hand its file on.",
	],
	[
		'BINARY_NOT_READ',
		"The file is in the item, but n8n could not read it from its binary storage; the message gives n8n's own reason.",
		"Look at the storage of n8n's binary data (is it there, may n8n read it?), then run the item again.",
	],
	[
		'BINARY_NOT_STORED',
		'The photo came from Zoho CRM, but n8n could not store it in the output field.',
		"Look at the storage of n8n's binary data (free space, permissions), then run the item again.",
	],
	[
		'PHOTO_URL_FAILED',
		'The photo could not be fetched from its URL; the message says why (not found, not allowed, no answer, too slow).',
		'Open the URL in a browser without logging in; it must give the image file itself.',
	],
	[
		'INVALID_DATA',
		'The record id is not 1 to 20 digits, was rounded because it came as a number, or the URL is not that of a record in Zoho CRM.',
		"Give the id as text; look at the expression in 'Record'.",
	],
	[
		'RECORD_NOT_FOUND',
		'No record of the module has the value in the field to match.',
		"Check the value, the module and the option 'Field to Match'. Deleted records, converted leads and records that the credential's user may not see are not found.",
	],
	[
		'SEVERAL_RECORDS_FOUND',
		'More than one record of the module has the value; the message names the first five, the one changed last first.',
		"Correct them in Zoho CRM, match by another field, give the record by ID, or set the option 'If Several Records Match' to Take the Newest.",
	],
	[
		'IMAGE_FIELD_NOT_FOUND',
		'The module has no image field of this name, or the record does not show it, or the field is of another type; the description lists those that the module has.',
		"Pick 'Image Field' from its list. Where the field is there, its permission for the credential's user or the layout hides it.",
	],
	[
		'LIMIT_EXCEEDED',
		'The item has more images than the field holds, counted with those that it holds already; nothing was sent. The code is the one that Zoho uses.',
		"Set the option 'If the Field Has Images' to Replace, delete some with Delete Images, or raise the field's number of images in Zoho CRM (up to 10).",
	],
	[
		'IMAGES_NOT_STORED',
		'Zoho CRM answered an update of an image field with SUCCESS, and the field, read afterwards, does not hold what was to be there.',
		"Look at the record, then run the item again; if it stays so, look at the field's permissions and layout, and at workflows of Zoho CRM that change it.",
	],
	[
		'IMAGE_NOT_FOUND',
		'The field has no image of the number that was asked for, or the image went while it was fetched; the description lists the numbers it has.',
		"Look at 'Image Numbers', or set 'Images' to All.",
	],
	[
		'INVALID_MODULE',
		'What the parameter gives cannot be the API name of a module.',
		'Pick the module from the list, or give its API name, e.g. Leads.',
	],
	[
		'INVALID_PARAMETER',
		'A parameter or option has a value that it does not take, or its expression cannot be worked out for the item.',
		'Look at the expression, and at what the node before gave for this item.',
	],
	[
		'NOT_ATTEMPTED',
		'The item was not tried, as an earlier one met what this one cannot escape (a missing scope, a refused token, no credits left, an unknown module). The description names it.',
		'Do what the description says, then run the remaining items.',
	],
];

/**
 * What people meet most, in the order in which they ask: [what it looks like, code, what to do]. A test holds the codes against
 * the rest of the page.
 */
export const COMMONEST: ReadonlyArray<[seen: string, code: string, remedy: string]> = [
	[
		'The credential says "connected", and every item is refused',
		'CREDENTIAL_NOT_CONNECTED',
		"Choose the Data Center of your account (the ending of your CRM's address, e.g. crm.zoho.eu), then connect again.",
	],
	[
		'No item may do what it wants',
		'OAUTH_SCOPE_MISMATCH',
		'Connect the account again, with the scopes that the message names.',
	],
	[
		'The item has no file',
		'BINARY_NOT_FOUND',
		"Set 'Input Binary Field' to the field that the node before gives; the description lists them.",
	],
	[
		'A web page where the photo should be',
		'NOT_AN_IMAGE',
		"Use the image file's own address, and log in where its host asks for it.",
	],
	['The picture is of a kind that Zoho CRM does not take', 'UNSUPPORTED_FILE_TYPE', 'Convert it to JPEG or PNG first.'],
	[
		'The photo is too large',
		'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
		"Set 'If Zoho CRM Would Not Take the Photo' to Make It Fit.",
	],
	['The URL gives no photo', 'PHOTO_URL_FAILED', 'Open it in a browser where you are not logged in.'],
	['The record is not there, or its id is none', 'INVALID_DATA', "Look at what the expression in 'Record' gives."],
	[
		'Nobody has that e-mail address',
		'RECORD_NOT_FOUND',
		"Check the value, the module and the option 'Field to Match'.",
	],
	['Too many calls at a time', 'TOO_MANY_REQUESTS', "Raise 'Wait at Most', or run it when less goes on in your org."],
];

/** Codes in the source that reach no item: the outcome of an item that nobody waits for any more, and successes that sent nothing or were not heard of. */
export const CODES_OF_NO_FAILURE = ['NOT_WANTED', 'SKIPPED', 'SUCCESS'];

const EXAMPLE: Asked = {
	task: 'upload',
	address: { module: 'Leads', recordId: '3000000038009' },
	apiVersion: 'v7',
	attempts: 5,
	timeout: 120_000,
};

function exampleConnection(): Connection {
	const read = readConnection({ dataCenter: 'zoho.com', oauthTokenData: { access_token: 'x' } });
	if (!read.ok) throw new Error(read.failure.message);
	return read.value;
}

/** A refusal's sentences as they read for the example. */
function example(sentences: Sentences): Sentences {
	return told(sentences, {
		...valuesOf(EXAMPLE, exampleConnection()),
		said: '(the words of the answer)',
		quote: ': (the words of the answer)',
		code: '(the code)',
		word: '(the word)',
		status: '(status)',
		elsewhere: 'proxy.example',
		seconds: '120',
		slower: ", or lower the option 'Parallel Uploads' if the connection is slow",
		wait: '15 minutes',
		given: "the Data Center 'zoho.example'",
		origin: "'https://www.zohoapis.example'",
	});
}

/** What is not tried any more after a refusal. */
function stopped(stops: string | undefined): string {
	return stops === undefined ? '' : stops === 'run' ? 'all items' : 'the module';
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function row(code: string, sentences: Sentences, more: string[] = []): string[] {
	const { message, description } = example(sentences);
	return [`\`${code}\``, ...more, message, description];
}

/** The HTTP statuses for which a page or nothing at all is told by one of the gateway refusals, in words. */
function statusesOf(index: number): string {
	const fits = [...Array(500).keys()]
		.map((offset) => offset + 100)
		.filter((status) => GATEWAY_REFUSALS.findIndex(({ is }) => is(status)) === index);
	if (index === GATEWAY_REFUSALS.length - 1) return 'any other';
	const [first, last] = [fits[0], fits.at(-1)];
	return fits.length > 10 ? `${first} to ${last}` : fits.join(', ');
}

/** The text of docs/errors.md. */
export function errorsPage(): string {
	const credential = 'CREDENTIAL_NOT_CONNECTED';
	return `# Every code of the node

<!-- Made from the code by \`npm run docs:errors\`: change the code, not this page. -->

## The ten that people meet most

${table(
	['What you see', 'Code', 'What to do'],
	COMMONEST.map(([seen, code, remedy]) => [seen, `\`${code}\``, remedy]),
)}

## How to read them

An item that could not be done comes out with one key, \`error\`: \`message\` says what happened with your own values, \`description\`
what to do, \`code\` is one of those below. \`module\` and \`recordId\` are always there, as the item gives them where they are what is
wrong; \`httpStatus\` and \`attempts\` where a call was made. With **On Error** set to stop, the first of them is thrown with the same two
sentences, and says beside them which file it was and what is in Zoho CRM already. n8n counts items from 0: \`[item 3]\` is the fourth.

The code decides, never the HTTP status: Zoho sends the same code as 400, 413 or 415 by API version. The sentences below are those
for a photo that was to go on record 3000000038009 of Leads, by API version v7, after five tries.

"Not tried any more": after such a refusal nothing more is sent for these items, as they cannot escape it; they come out as
\`NOT_ATTEMPTED\`. A refused record or photo never stops the others.

A record that keeps its photo (option **If the Record Has a Photo**: Keep) is no failure: its item has \`code: "SKIPPED"\`. Neither is an image field that
keeps its images (option **If the Field Has Images**: Keep), nor one without images that is to be emptied.

A missing scope of an image field (\`ZohoCRM.modules.UPDATE\`, \`ZohoCRM.files.CREATE\`, \`ZohoCRM.settings.fields.READ\`) is asked for by the
credential's switch **Image Fields**: the description names it.

Writing an image field adds, so that it is not simply tried again: after a lost answer or an outage the field is read first, and
what is missing is written. Where it could not be read either, the description says that the outcome is not known.

## The node's own codes

${table(
	['Code', 'What it means', 'What to do'],
	OWN_CODES.map(([code, meaning, remedy]) => [`\`${code}\``, meaning, remedy]),
)}

## The credential

All of them end the run: every item uses the same credential. See [credential.md](credential.md).

${table(
	['Code', "Zoho's word", 'What happened', 'What to do'],
	[
		row(credential, NEVER_CONNECTED, ['']),
		row(credential, NO_CREDENTIAL, ['']),
		row(credential, NOT_RENEWABLE, ['']),
		row(credential, NO_REASON, ['']),
		...[...TOKEN_REFUSALS].map(([word, sentences]) => row(credential, told(sentences, { word }), [`\`${word}\``])),
		row(credential, UNKNOWN_TOKEN_REFUSAL, ['any other']),
		row('UNTRUSTED_API_DOMAIN', UNTRUSTED, ['']),
		row('UNTRUSTED_DATA_CENTER', UNTRUSTED_ACCOUNTS, ['']),
	],
)}

Where Zoho's accounts server cannot be asked for a new token, the code is one of the last two tables: "${
		example(told(ACCOUNTS_UNREACHED, { host: 'accounts.zoho.com', said: 'the connection broke off' })).message
	}". ${ACCOUNTS_UNREACHED.description}

## Zoho's refusals

Tried again, as often as **Max Retries** allows, and after HTTP 429 for as long as **Wait at Most** allows: the codes marked so, HTTP 429 and 5xx with an unknown code, and what the last two
tables mark.

Where the sentences do not hold Zoho's own words, these stand behind them: \`Zoho CRM said "..."\`, with what Zoho's \`details\` name, at
most 200 characters, without markup and without anything secret. A code that is no word (letters, underscores and spaces, at
most 60) becomes \`UNKNOWN\`.

${table(
	['Code', 'Not tried any more', 'Tried again', 'What happened', 'What to do'],
	[
		...REFUSALS.map((refusal) =>
			row(refusal.code, refusal, [stopped(refusal.stops), refusal.passing === undefined ? '' : 'yes']),
		),
		row(CREDITS_USED_UP.code, CREDITS_USED_UP, [stopped(CREDITS_USED_UP.stops), '']),
		row('TOO_MANY_REQUESTS', LONG_WAIT, [stopped('run'), '']),
		row('any other', UNKNOWN_REFUSAL, ['', '']),
	],
)}

A missing scope stops the kind of call it was missing for; where the granted scopes name single modules, it stops the modules that
they do not reach.

## Answers that are not Zoho's

A page of a gateway or proxy, an empty answer, JSON without a code.

${table(
	['Code', 'HTTP status', 'Not tried any more', 'Tried again', 'What happened', 'What to do'],
	GATEWAY_REFUSALS.map((refusal, index) =>
		row(refusal.code, refusal, [statusesOf(index), stopped(refusal.stops), refusal.passing === undefined ? '' : 'yes']),
	),
)}

## No answer at all

Connections that broke off and time-outs are tried again, as often as **Max Retries** allows, and so is a name that the machine could
not look up for the moment.

${table(
	['Code', 'What happened', 'What to do'],
	Object.entries(NETWORK_REFUSALS).map(([code, sentences]) => row(code, sentences)),
)}
`;
}
