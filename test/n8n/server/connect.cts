import { pathOfConsent } from '../../emulator/accounts/consentPage.cts';
import { defaultClient } from '../../emulator/accounts/clients.cts';
import type { Emulator } from '../../emulator/emulator.cts';
import { proxiedRequest } from '../../emulator/proxiedRequest.cts';
import type { Rest } from './rest.cts';

/** The name of the credential's type. */
export const CREDENTIAL_TYPE = 'zohoCrmPhotoOAuth2Api';

/** The type of the credential of n8n's own Zoho nodes. */
export const ZOHO_CREDENTIAL_TYPE = 'zohoOAuth2Api';

/** How the credential is filled in. */
export interface CredentialChoice {
	/** The accounts domain; default `zoho.com`. */
	dataCenter?: string;
	/** Text of "Enabled Scopes", when "Custom Scopes" is on. */
	enabledScopes?: string;
	/** The switch "Image Fields". */
	imageFields?: boolean;
	name?: string;
}

/** Makes a credential that is not connected yet, and gives its id. */
export async function addCredential(rest: Rest, choice: CredentialChoice = {}): Promise<string> {
	return await rest.addCredential(choice.name ?? 'Zoho account', CREDENTIAL_TYPE, {
		dataCenter: choice.dataCenter ?? 'zoho.com',
		clientId: defaultClient.clientId,
		clientSecret: defaultClient.clientSecret,
		...(choice.enabledScopes !== undefined && { customScopes: true, enabledScopes: choice.enabledScopes }),
		...(choice.imageFields === true && { imageFields: true }),
	});
}

/** Makes a credential of n8n's own Zoho nodes that is not connected yet, and gives its id. */
export async function addZohoCredential(rest: Rest): Promise<string> {
	return await rest.addCredential("n8n's own Zoho account", ZOHO_CREDENTIAL_TYPE, {
		authUrl: 'https://accounts.zoho.com/oauth/v2/auth',
		accessTokenUrl: 'https://accounts.zoho.com/oauth/v2/token',
		clientId: defaultClient.clientId,
		clientSecret: defaultClient.clientSecret,
	});
}

/** Where n8n sends the person who presses "Connect": an address at Zoho's accounts server. */
export async function consentUrl(rest: Rest, credentialId: string): Promise<URL> {
	const address: unknown = await rest.send('GET', `/oauth2-credential/auth?id=${credentialId}`);
	return new URL(String(address));
}

/**
 * Connects a credential as a person does who presses "Connect" and then "Accept", without a browser.
 *
 * @returns the page that n8n shows in the pop-up at the end
 * @throws Error when some step is refused
 */
export async function connect(emulator: Emulator, rest: Rest, credentialId: string): Promise<string> {
	const asked = await consentUrl(rest, credentialId);
	const page = await proxiedRequest(emulator, { url: asked.href });
	const path = pathOfConsent(page.body.toString());
	const accepted = await proxiedRequest(emulator, { url: new URL(path, asked).href });
	const back = accepted.headers.location;
	if (typeof back !== 'string') throw new Error(`No way back from the consent page: HTTP ${accepted.status}`);
	const answer = await fetch(back, { headers: { cookie: rest.cookie } });
	const html = await answer.text();
	if (!answer.ok || /Error|Unauthorized/.test(html))
		throw new Error(`n8n did not take the code: ${html.slice(0, 600)}`);
	return html;
}
