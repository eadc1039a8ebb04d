import { type Answer, jsonAnswer } from '../network/answer.cts';

/** One of Zoho's refusals: HTTP status, code, message and details, in Zoho's own words. */
export interface ZohoError {
	status: number;
	code: string;
	message: string;
	details?: object;
}

/**
 * What a photo call wanted to do, in the words of Zoho's messages for that verb (upload, download and delete photo
 * pages).
 */
export const photoDeeds: Record<string, string> = {
	POST: 'upload photo',
	GET: 'download images',
	DELETE: 'delete images',
};

/**
 * The refusals that need no more than their name. Texts: Zoho's photo pages (v2, v7, v8) and OAS; see
 * docs/emulator.md.
 */
export const zohoErrors = {
	invalidToken: { status: 401, code: 'INVALID_TOKEN', message: 'invalid oauth token' },
	authenticationFailure: { status: 401, code: 'AUTHENTICATION_FAILURE', message: 'Authentication failed' },
	scopeMismatch: { status: 401, code: 'OAUTH_SCOPE_MISMATCH', message: 'Unauthorized' },
	invalidUrl: {
		status: 404,
		code: 'INVALID_URL_PATTERN',
		message: 'Please check if the URL trying to access is a correct one',
	},
	invalidMethod: {
		status: 400,
		code: 'INVALID_REQUEST_METHOD',
		message: 'The http request method type is not a valid one',
	},
	// Assumption: the message; only the code and its `supported_version` are documented (OAS 2025).
	apiNotSupported: {
		status: 400,
		code: 'API_NOT_SUPPORTED',
		message: 'The API is not supported in this version',
		details: { supported_version: 8 },
	},
	unknownModule: {
		status: 400,
		code: 'INVALID_MODULE',
		message: 'the module name given seems to be invalid',
		details: { resource_path_index: 0 },
	},
	unsupportedModule: { status: 400, code: 'INVALID_MODULE', message: 'The given module is not supported in API' },
	unknownRelatedId: { status: 400, code: 'INVALID_DATA', message: 'the related id given seems to be invalid' },
	unknownId: { status: 400, code: 'INVALID_DATA', message: 'the id given seems to be invalid' },
	// Assumption: the texts outside of the photo address; `photoPermission` and `photoPrivilege` have those of the
	// photo pages.
	noPermission: { status: 403, code: 'NO_PERMISSION', message: 'permission denied' },
	authorizationFailed: {
		status: 400,
		code: 'AUTHORIZATION_FAILED',
		message: 'User does not have sufficient privilege',
	},
	recordLocked: {
		status: 400,
		code: 'RECORD_LOCKED',
		message: 'You cannot perform this operation as the record is locked.',
	},
	imagePending: {
		status: 400,
		code: 'RECORD_LOCKED',
		message: 'cannot get the record image that is not approved yet',
	},
	imageNotApproved: {
		status: 400,
		code: 'NOT_APPROVED',
		message: 'cannot get the record image that is not approved yet',
	},
	// Assumption: the messages of the next three; the OAS of 2026 names the codes only.
	notApproved: { status: 400, code: 'NOT_APPROVED', message: 'the record is not approved' },
	notReviewed: { status: 400, code: 'NOT_REVIEWED', message: 'the record is not reviewed' },
	cannotPerform: { status: 400, code: 'CANNOT_PERFORM_ACTION', message: 'cannot perform action' },
	notMultipart: {
		status: 400,
		code: 'INVALID_REQUEST',
		message: 'invalid request',
		details: { expected_type: 'Multipart Form Request' },
	},
	// Assumption: the next four are documented for the organization's photo (POST /org/photo), not for a record's.
	noFile: { status: 400, code: 'INVALID_DATA', message: 'The request does not contain any file' },
	manyFiles: { status: 400, code: 'INVALID_DATA', message: 'The request contains more than one file' },
	notAnImage: { status: 400, code: 'INVALID_DATA', message: 'Invalid file type' },
	rejectedByZia: { status: 400, code: 'CANNOT_PROCESS', message: 'Zia vision rejected the photo' },
	// No file, or an empty one (files page).
	badAttachment: {
		status: 400,
		code: 'failure_in_attachment_handling',
		message: 'Problem in uploading attachment. kindly upload the file properly',
	},
	fileTooLarge: {
		status: 415,
		code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
		message: 'Please check if the size of the file is in the correct range',
	},
	// Assumption: documented for files (POST /files), not for a record's photo.
	virus: {
		status: 400,
		code: 'VIRUS_DETECTED',
		message: 'Unable to process your request. Virus has been detected.',
	},
	// Assumption: the next three are documented for the organization's photo and for attachments (OAS 2026).
	fileSizeExceeds: {
		status: 413,
		code: 'FILE_SIZE_EXCEEDS',
		message: 'The file size exceeds the allowed size',
		details: { size: 10_485_760 },
	},
	resolutionExceeds: {
		status: 415,
		code: 'FILE_RESOLUTION_EXCEEDS',
		message: 'The file resolution exceeds the allowed resolution',
		details: { resolution: 10_000_000 },
	},
	bodySizeReached: { status: 413, code: 'BODY_SIZE_REACHED', message: 'The body is too large' },
	methodNotAllowed: { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'The http method is not allowed' },
	// Assumption: the next two texts; Kaizen 25 names code and status.
	featureNotSupported: {
		status: 403,
		code: 'FEATURE_NOT_SUPPORTED',
		message: 'The feature is not available in your edition',
	},
	licenseLimit: { status: 400, code: 'LICENSE_LIMIT_EXCEEDED', message: 'The license limit is exceeded' },
	mandatoryNotFound: {
		status: 400,
		code: 'MANDATORY_NOT_FOUND',
		message: 'required field not found',
		details: { api_name: 'file', json_path: '$.file' },
	},
	recordModified: {
		status: 412,
		code: 'RECORD_MODIFIED',
		message: 'The record was modified after the time specified.',
	},
	// Assumption: the text; code and status are on Zoho's status page.
	tooManyRequests: {
		status: 429,
		code: 'TOO_MANY_REQUESTS',
		message: 'too many requests. please try again after some time',
	},
	rateLimitExceeded: {
		status: 429,
		code: 'RATE_LIMIT_EXCEEDED',
		message: 'API rate limit exceeded. Please retry after some time',
	},
	internalError: { status: 500, code: 'INTERNAL_ERROR', message: 'Internal Server Error' },
	badGateway: { status: 502, code: 'BAD_GATEWAY', message: 'Bad Gateway' },
	serviceUnavailable: {
		status: 503,
		code: 'SERVICE_UNAVAILABLE',
		message: 'Service temporarily unavailable. Please try again later',
	},
} satisfies Record<string, ZohoError>;

/** The name of one of the refusals in the table. */
export type ZohoErrorName = keyof typeof zohoErrors;

/** True when a refusal has this name. */
export function isZohoErrorName(name: string): name is ZohoErrorName {
	return Object.hasOwn(zohoErrors, name);
}

/**
 * Too many bytes or too many pixels: one code for both; 400 in v2 and v2.1, 415 later (v2 page and v7 page; v8 by
 * assumption).
 */
export function tooLarge(version: string): ZohoError {
	return {
		status: version === 'v2' || version === 'v2.1' ? 400 : 415,
		code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
		message: 'please check if the file size is in the correct range',
	};
}

/** The user's profile does not allow a photo call of this verb. */
export function photoPermission(method: string): ZohoError {
	const deed = photoDeeds[method] ?? 'read';
	return { status: 403, code: 'NO_PERMISSION', message: `Permission denied to ${deed}` };
}

/** The user may not make a photo call of this verb on this record. */
export function photoPrivilege(method: string): ZohoError {
	const deed = photoDeeds[method] ?? 'read';
	return {
		status: 400,
		code: 'AUTHORIZATION_FAILED',
		message: `User does not have sufficient privilege to ${deed}`,
	};
}

/** A refusal of a parameter of the records, search or settings calls. */
export function invalidParameter(name: string, message = 'invalid data'): ZohoError {
	return { status: 400, code: 'INVALID_DATA', message, details: { param_name: name } };
}

/** The answer that carries a refusal: all four fields at top level (Zoho's OAS). */
export function errorAnswer(error: ZohoError): Answer {
	const { status, code, message, details = {} } = error;
	return jsonAnswer(status, { code, details, message, status: 'error' }, code);
}
