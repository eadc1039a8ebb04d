/**
 * Zoho's data centers and their host names.
 *
 * Source: Zoho's SDK (`lib/routes/dc`) and the CRM multi-DC page for US, EU, IN, AU, JP, CN, CA; Bigin's page for SA;
 * UK and AE are in Zoho's accounts documentation but not in the CRM's. Canada is the odd one: accounts on
 * zohocloud.ca, API on zohoapis.ca.
 */
export interface DataCenter {
	/** The value of `location` in Zoho's OAuth callback. */
	location: string;
	/** The accounts domain without `accounts.`; also the value of the credential's data center choice. */
	accountsDomain: string;
	/** The API domain without `www.`. */
	apiDomain: string;
}

export const dataCenters: readonly DataCenter[] = [
	{ location: 'us', accountsDomain: 'zoho.com', apiDomain: 'zohoapis.com' },
	{ location: 'eu', accountsDomain: 'zoho.eu', apiDomain: 'zohoapis.eu' },
	{ location: 'in', accountsDomain: 'zoho.in', apiDomain: 'zohoapis.in' },
	{ location: 'au', accountsDomain: 'zoho.com.au', apiDomain: 'zohoapis.com.au' },
	{ location: 'jp', accountsDomain: 'zoho.jp', apiDomain: 'zohoapis.jp' },
	{ location: 'cn', accountsDomain: 'zoho.com.cn', apiDomain: 'zohoapis.com.cn' },
	{ location: 'ca', accountsDomain: 'zohocloud.ca', apiDomain: 'zohoapis.ca' },
	{ location: 'sa', accountsDomain: 'zoho.sa', apiDomain: 'zohoapis.sa' },
	{ location: 'uk', accountsDomain: 'zoho.uk', apiDomain: 'zohoapis.uk' },
	{ location: 'ae', accountsDomain: 'zoho.ae', apiDomain: 'zohoapis.ae' },
];

/** Zoho CRM's environments; each has an API host of its own, the accounts host is the same (Zoho's SDK). */
export type Environment = 'production' | 'sandbox' | 'developer';

const apiPrefixes: Record<Environment, string> = {
	production: 'www',
	sandbox: 'sandbox',
	developer: 'developer',
};

export const environments: readonly Environment[] = ['production', 'sandbox', 'developer'];

/** What a host name stands for at Zoho. */
export type ZohoHost =
	| { kind: 'accounts'; dataCenter: DataCenter }
	| { kind: 'api'; dataCenter: DataCenter; environment: Environment };

/** The accounts host name of a data center, such as `accounts.zoho.eu`. */
export function accountsHost(dataCenter: DataCenter): string {
	return `accounts.${dataCenter.accountsDomain}`;
}

/** The API host name of a data center, such as `www.zohoapis.eu` or `sandbox.zohoapis.eu`. */
export function apiHost(dataCenter: DataCenter, environment: Environment = 'production'): string {
	return `${apiPrefixes[environment]}.${dataCenter.apiDomain}`;
}

/**
 * Finds a data center by its location (`eu`) or its accounts domain (`zoho.eu`).
 * @throws Error when there is none.
 */
export function dataCenterNamed(name: string): DataCenter {
	const found = dataCenters.find((one) => one.location === name || one.accountsDomain === name);
	if (!found) throw new Error(`Zoho has no data center "${name}"`);
	return found;
}

const hosts = new Map<string, ZohoHost>();
for (const dataCenter of dataCenters) {
	hosts.set(accountsHost(dataCenter), { kind: 'accounts', dataCenter });
	for (const environment of environments) {
		hosts.set(apiHost(dataCenter, environment), { kind: 'api', dataCenter, environment });
	}
}

/** What a host name (without port) is at Zoho; undefined when it is not one of Zoho's. */
export function zohoHost(hostName: string): ZohoHost | undefined {
	return hosts.get(hostName.toLowerCase());
}
