import { NodeApiError, type ILoadOptionsFunctions } from 'n8n-workflow';

import { failureThrown } from '../run/result';
import type { Outcome } from '../outcome';
import { ZohoClient, type CallSettings } from '../zoho/calls/client';
import { n8nOfEditor } from '../zoho/n8n';
import { ORGS } from '../zoho/calls/orgs';
import { Pace } from '../zoho/calls/pace';

/** How the lists of the editor call Zoho: the current version, and soon giving up, as somebody waits for the list. */
export const LIST_SETTINGS: CallSettings = { apiVersion: 'v8', maxRetries: 1, waitAtMost: 10_000, timeout: 15_000 };

/** What only another setting of the credential, or connecting it, can cure. */
const OF_CREDENTIAL = ['CREDENTIAL_NOT_CONNECTED', 'UNTRUSTED_API_DOMAIN', 'UNTRUSTED_DATA_CENTER'];

/** A client for one list of the editor. */
export function clientOfEditor(context: ILoadOptionsFunctions): ZohoClient {
	return new ZohoClient(n8nOfEditor(context), new Pace(1, undefined), ORGS);
}

/**
 * The value of an outcome, for a list of the editor.
 *
 * The editor shows the description of a NodeApiError alone, and its link to the credential for the status 401 and 403. So a
 * check of ours is thrown as one too, as if a call had refused it, and a credential that is not connected as 401.
 *
 * @throws the failure as n8n's error, which the editor shows in place of the list
 */
export function valueOrThrow<T>(context: ILoadOptionsFunctions, outcome: Outcome<T>): T {
	if (outcome.ok) return outcome.value;
	const { failure } = outcome;
	const httpStatus = failure.httpStatus ?? (OF_CREDENTIAL.includes(failure.code) ? 401 : undefined);
	const thrown = failureThrown({ ...failure, httpStatus, attempts: failure.attempts ?? 0 }, context.getNode());
	// n8n takes a code for a status where there is none, and the editor puts it before the sentence.
	if (thrown instanceof NodeApiError && httpStatus === undefined) thrown.httpCode = null;
	throw thrown;
}
