import type { Org } from './orgs.cts';
import { photoPermission, photoPrivilege, type ZohoError, zohoErrors } from './errors.cts';

/**
 * At which of the checks a record's condition comes up; Zoho does not document the order, this one follows
 * zoho-api.md 10.4.
 */
export type ConditionStage = 'permission' | 'record' | 'lock' | 'file';

/** How a record behaves that was made to be refused. */
export interface Condition {
	/** The last six digits of its id, in every module that takes photos and every org. */
	suffix: string;
	/** What it shows, in a few words: also its name in lists. */
	about: string;
	/** Verbs of the photo address that are refused; the others do their work. */
	methods: readonly string[];
	stage: ConditionStage;
	error: (method: string) => ZohoError;
}

const allMethods = ['POST', 'GET', 'DELETE'];

function always(error: ZohoError): (method: string) => ZohoError {
	return () => error;
}

function condition(
	place: number,
	about: string,
	stage: ConditionStage,
	error: ZohoError | ((method: string) => ZohoError),
	methods: readonly string[] = allMethods,
): Condition {
	const make = typeof error === 'function' ? error : always(error);
	return { suffix: String(990_000 + place), about, methods, stage, error: make };
}

/** All conditions by name. The names are what `magicId` takes. */
export const conditions = {
	locked: condition(1, 'Locked record', 'lock', zohoErrors.recordLocked),
	notApproved: condition(2, 'Record in approval', 'lock', zohoErrors.notApproved),
	notReviewed: condition(3, 'Record in review', 'lock', zohoErrors.notReviewed),
	cannotPerform: condition(4, 'Action not possible', 'lock', zohoErrors.cannotPerform),
	noPermission: condition(5, 'No permission', 'permission', photoPermission),
	authorizationFailed: condition(6, 'Insufficient privilege', 'permission', photoPrivilege),
	internalError: condition(7, 'Internal error', 'file', zohoErrors.internalError),
	imagePending: condition(8, 'Image in validation', 'file', zohoErrors.imagePending, ['GET']),
	imageRejected: condition(9, 'Image not approved', 'file', zohoErrors.imageNotApproved, ['GET']),
	tooManyRequests: condition(10, 'Always too many requests', 'permission', zohoErrors.tooManyRequests),
	rateLimitExceeded: condition(11, 'Always over the rate limit', 'permission', zohoErrors.rateLimitExceeded),
	serviceUnavailable: condition(12, 'Service unavailable', 'permission', zohoErrors.serviceUnavailable),
	badGateway: condition(13, 'Bad gateway', 'permission', zohoErrors.badGateway),
	rejectedByZia: condition(14, 'Photo rejected by Zia', 'file', zohoErrors.rejectedByZia, ['POST']),
	virus: condition(15, 'Virus found', 'file', zohoErrors.virus, ['POST']),
	deleted: condition(16, 'Deleted record', 'record', (method) =>
		method === 'DELETE' ? zohoErrors.unknownId : zohoErrors.unknownRelatedId,
	),
	featureNotSupported: condition(17, 'Feature not in edition', 'permission', zohoErrors.featureNotSupported),
	licenseLimit: condition(18, 'License limit', 'permission', zohoErrors.licenseLimit),
	fileSizeExceeds: condition(19, 'File size exceeds', 'file', zohoErrors.fileSizeExceeds, ['POST']),
	resolutionExceeds: condition(20, 'Resolution exceeds', 'file', zohoErrors.resolutionExceeds, ['POST']),
	bodySizeReached: condition(21, 'Body size reached', 'file', zohoErrors.bodySizeReached, ['POST']),
	invalidToken: condition(22, 'Token never good enough', 'permission', zohoErrors.invalidToken),
	scopeMismatch: condition(23, 'Scope never good enough', 'permission', zohoErrors.scopeMismatch),
	authenticationFailure: condition(24, 'Authentication failure', 'permission', zohoErrors.authenticationFailure),
	invalidMethod: condition(25, 'Method never valid', 'permission', zohoErrors.invalidMethod),
	methodNotAllowed: condition(26, 'Method not allowed', 'permission', zohoErrors.methodNotAllowed),
	apiNotSupported: condition(27, 'API not in this version', 'permission', zohoErrors.apiNotSupported),
	invalidUrl: condition(28, 'URL never valid', 'permission', zohoErrors.invalidUrl),
	unknownModule: condition(29, 'Module never valid', 'permission', zohoErrors.unknownModule),
	unsupportedModule: condition(30, 'Module not supported', 'permission', zohoErrors.unsupportedModule),
	notMultipart: condition(31, 'Request never valid', 'file', zohoErrors.notMultipart, ['POST']),
	mandatoryNotFound: condition(32, 'Field not found', 'file', zohoErrors.mandatoryNotFound, ['POST']),
	recordModified: condition(33, 'Record modified', 'lock', zohoErrors.recordModified),
	unknownCode: condition(34, 'A code nobody knows', 'file', {
		status: 400,
		code: 'MOON_PHASE_NOT_SUPPORTED',
		message: 'the moon is not in the right phase',
	}),
	successWithError: condition(35, 'HTTP 200 that says error', 'file', {
		status: 200,
		code: 'INVALID_DATA',
		message: 'invalid data',
	}),
} satisfies Record<string, Condition>;

/** The name of a condition. */
export type ConditionName = keyof typeof conditions;

/** True when a condition has this name. */
export function isConditionName(name: string): name is ConditionName {
	return Object.hasOwn(conditions, name);
}

/** All condition names. */
export const conditionNames: readonly ConditionName[] = Object.keys(conditions).filter(isConditionName);

/**
 * The id of the record with a condition in an org: its prefix, six zeros, and the condition's six digits (19 digits).
 */
export function magicId(org: Org, name: ConditionName): string {
	return `${org.idPrefix}000000${conditions[name].suffix}`;
}
