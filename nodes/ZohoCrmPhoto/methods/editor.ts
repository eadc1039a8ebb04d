import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { failureThrown } from '../run/result';
import type { Outcome } from '../outcome';
import { ZohoClient, type CallSettings } from '../zoho/calls/client';
import { n8nOfEditor } from '../zoho/n8n';
import { ORGS } from '../zoho/calls/orgs';
import { Pace } from '../zoho/calls/pace';

/** How the lists of the editor call Zoho: the current version, and soon giving up, as somebody waits for the list. */
export const LIST_SETTINGS: CallSettings = { apiVersion: 'v8', maxRetries: 1, waitAtMost: 10_000, timeout: 15_000 };

/** A client for one list of the editor. */
export function clientOfEditor(context: ILoadOptionsFunctions): ZohoClient {
	return new ZohoClient(n8nOfEditor(context), new Pace(1, undefined), ORGS);
}

/**
 * The value of an outcome, for a list of the editor.
 *
 * @throws the failure as n8n's error, which the editor shows in place of the list
 */
export function valueOrThrow<T>(context: ILoadOptionsFunctions, outcome: Outcome<T>): T {
	if (!outcome.ok) throw failureThrown(outcome.failure, context.getNode());
	return outcome.value;
}
