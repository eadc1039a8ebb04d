import type { HttpAnswer } from '../../nodes/ZohoCrmPhoto/zoho/answers/answer';
import type { Connection } from '../../nodes/ZohoCrmPhoto/zoho/account/connection';
import { dataCenterOfAccounts } from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import type { Asked } from '../../nodes/ZohoCrmPhoto/zoho/answers/explain';

/** A token in the look of Zoho's. */
export const TOKEN = '1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210';

/** The scopes that a connection has when nobody narrowed them. */
export const ALL_MODULES =
	'ZohoCRM.modules.CREATE ZohoCRM.modules.READ ZohoCRM.modules.DELETE ZohoCRM.coql.READ ZohoCRM.settings.modules.READ ZohoSearch.securesearch.READ';

/** An answer of Zoho's or of somebody in its place: an object is sent as JSON. */
export function answerOf(status: number, body: object | string = '', headers: Record<string, string> = {}): HttpAnswer {
	const isJson = typeof body === 'object';
	return {
		status,
		headers: { 'content-type': isJson ? 'application/json;charset=UTF-8' : 'text/html', ...headers },
		body: Buffer.from(isJson ? JSON.stringify(body) : body),
	};
}

/** Zoho's envelope of a refusal. */
export function refusalBody(code: string | number, message = '', details: object = {}): object {
	return { code, details, message, status: 'error' };
}

/** The upload of a photo to record 3000000038009 of Leads, its first try. */
export function asked(changes: Partial<Asked> = {}): Asked {
	return {
		task: 'upload',
		address: { module: 'Leads', recordId: '3000000038009' },
		apiVersion: 'v8',
		attempts: 1,
		timeout: 120_000,
		...changes,
	};
}

/** A connection of an account in the United States. */
export function connection(changes: Partial<Connection> = {}): Connection {
	return {
		origin: 'https://www.zohoapis.com',
		credential: {},
		accessToken: TOKEN,
		renewable: true,
		scopes: ALL_MODULES,
		areScopesGranted: true,
		expiresAt: NaN,
		chosen: dataCenterOfAccounts('zoho.com'),
		home: dataCenterOfAccounts('zoho.com'),
		tokenRefusal: '',
		...changes,
	};
}
