/** One of Zoho's data centers: an account lives in exactly one, and its tokens are known there alone. */
export interface DataCenter {
	/** Name in the credential's list. */
	name: string;
	/** Domain of the accounts server (`accounts.` in front); the value that the credential stores. */
	accountsDomain: string;
	/** Domain of the API host (`www.`, `sandbox.` or `developer.` in front). */
	apiDomain: string;
	/** Zoho's word for it, as `location` in the OAuth callback. */
	location: string;
}

/**
 * Sources: Zoho's SDK 8.0 (`lib/routes/dc`: US, EU, IN, AU, JP, CN, CA, SA) and the multi-data-center page of its
 * accounts documentation (UK, whose API host stands in other people's code alone). The accounts server of UAE stands in other
 * people's code alone, its API host in Zoho's pages on other products; Singapore (zoho.sg) stands nowhere else at all and is left out.
 * Canada is the odd one: its accounts server is on zohocloud.ca, its API on zohoapis.ca. Sorted by name, as n8n's lint asks
 * for lists.
 */
export const DATA_CENTERS: readonly DataCenter[] = [
	{
		name: 'Australia (AU)',
		accountsDomain: 'zoho.com.au',
		apiDomain: 'zohoapis.com.au',
		location: 'au',
	},
	{ name: 'Canada (CA)', accountsDomain: 'zohocloud.ca', apiDomain: 'zohoapis.ca', location: 'ca' },
	{ name: 'China (CN)', accountsDomain: 'zoho.com.cn', apiDomain: 'zohoapis.com.cn', location: 'cn' },
	{ name: 'Europe (EU)', accountsDomain: 'zoho.eu', apiDomain: 'zohoapis.eu', location: 'eu' },
	{ name: 'India (IN)', accountsDomain: 'zoho.in', apiDomain: 'zohoapis.in', location: 'in' },
	{ name: 'Japan (JP)', accountsDomain: 'zoho.jp', apiDomain: 'zohoapis.jp', location: 'jp' },
	{ name: 'Saudi Arabia (SA)', accountsDomain: 'zoho.sa', apiDomain: 'zohoapis.sa', location: 'sa' },
	{
		name: 'United Arab Emirates (AE)',
		accountsDomain: 'zoho.ae',
		apiDomain: 'zohoapis.ae',
		location: 'ae',
	},
	{
		name: 'United Kingdom (UK)',
		accountsDomain: 'zoho.uk',
		apiDomain: 'zohoapis.uk',
		location: 'uk',
	},
	{
		name: 'United States (US)',
		accountsDomain: 'zoho.com',
		apiDomain: 'zohoapis.com',
		location: 'us',
	},
];

/** The environments of an org, each with a host of its own (Zoho's SDK 8.0, `lib/routes/dc`). */
const ENVIRONMENTS = ['www', 'sandbox', 'developer'];

/** Paths of Zoho's accounts servers (Zoho's OAuth pages). */
type AccountsPath = '/oauth/v2/auth' | '/oauth/v2/token';

/**
 * The expression for a hidden address of the credential: that of the chosen data center, and none for any value that is not
 * in the list. Who may edit a shared credential without seeing its secrets could else have n8n send them elsewhere, as n8n's
 * API takes any text for a list: `evil.example/`, `zoho.com@evil.example`.
 */
export function addressExpression(path: AccountsPath): string {
	const listed = JSON.stringify(DATA_CENTERS.map(({ accountsDomain }) => accountsDomain));
	return `={{ ${listed}.includes($self["dataCenter"]) ? "https://accounts." + $self["dataCenter"] + "${path}" : "" }}`;
}

/** Whether an address is the one at which a data center gives out tokens, so that client secret and refresh token may go there. */
export function isTokenAddress(address: string): boolean {
	return DATA_CENTERS.some(({ accountsDomain }) => address === `https://accounts.${accountsDomain}/oauth/v2/token`);
}

/** The data center whose value the credential stores, e.g. `zoho.eu`; undefined for a value that is none. */
export function dataCenterOfAccounts(accountsDomain: string): DataCenter | undefined {
	return DATA_CENTERS.find((dataCenter) => dataCenter.accountsDomain === accountsDomain);
}

/** The data center that Zoho's OAuth callback named in `location`, e.g. `eu`. */
export function dataCenterOfLocation(location: string): DataCenter | undefined {
	return DATA_CENTERS.find((dataCenter) => dataCenter.location === location);
}

/** The data center that Zoho's OAuth callback named in `accounts-server`, e.g. `https://accounts.zoho.eu`. */
export function dataCenterOfAccountsServer(server: string): DataCenter | undefined {
	return DATA_CENTERS.find(({ accountsDomain }) => server === `https://accounts.${accountsDomain}`);
}

/**
 * The data center of an API address such as `https://www.zohoapis.eu`.
 *
 * @returns undefined for any address that must not see a token: another scheme or port, a user in it, a host that is none of Zoho's.
 */
export function dataCenterOfApi(address: string): DataCenter | undefined {
	if (!URL.canParse(address)) return undefined;
	const { protocol, username, password, port, hostname } = new URL(address);
	if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return undefined;
	return DATA_CENTERS.find(({ apiDomain }) =>
		ENVIRONMENTS.some((environment) => hostname === `${environment}.${apiDomain}`),
	);
}
