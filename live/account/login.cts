import {
	DATA_CENTERS,
	type DataCenter,
	dataCenterOfAccounts,
	dataCenterOfLocation,
} from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';

/** What signs in. Exactly one of `refreshToken` and `code` is there. */
export interface Login {
	dataCenter: DataCenter;
	clientId: string;
	clientSecret: string;
	refreshToken?: string;
	/** One-time code of Zoho's Self Client. */
	code?: string;
}

/** The scopes that the questions take, as the Self Client's form wants them. */
export const SCOPES = [
	'ZohoCRM.modules.ALL',
	'ZohoCRM.settings.modules.READ',
	'ZohoCRM.settings.fields.READ',
	'ZohoCRM.coql.READ',
	'ZohoCRM.files.CREATE',
	'ZohoSearch.securesearch.READ',
] as const;

/**
 * Takes what signs in from the environment, and asks for what is not there.
 * @param ask asks one line; the second argument says that it is a secret
 * @throws Error when the data center is none of Zoho's, or something is left empty
 */
export async function readLogin(
	environment: Readonly<Record<string, string | undefined>>,
	ask: (text: string, isSecret?: boolean) => Promise<string>,
): Promise<Login> {
	const value = async (name: string, text: string, isSecret = false): Promise<string> => {
		const given = environment[name]?.trim() || (await ask(`${text}: `, isSecret));
		if (given === '') throw new Error(`${text} is needed. It can also be given as ${name}.`);
		return given;
	};
	const place = await value('ZOHO_DATA_CENTER', 'Data center (the ending of your Zoho address, such as zoho.eu)');
	const dataCenter = dataCenterOfAccounts(place.replace(/^accounts\./, '')) ?? dataCenterOfLocation(place);
	if (!dataCenter) {
		const known = DATA_CENTERS.map(({ accountsDomain }) => accountsDomain).join(', ');
		throw new Error(`Zoho has no data center "${place}". Choose one of ${known}.`);
	}
	const clientId = await value('ZOHO_CLIENT_ID', 'Client ID');
	const clientSecret = await value('ZOHO_CLIENT_SECRET', 'Client secret (not shown)', true);
	const refreshToken = environment.ZOHO_REFRESH_TOKEN?.trim();
	if (refreshToken) return { dataCenter, clientId, clientSecret, refreshToken };
	const code = await value(
		'ZOHO_CODE',
		"One-time code of the Self Client, from its tab 'Generate Code' (not shown)",
		true,
	);
	return { dataCenter, clientId, clientSecret, code };
}
