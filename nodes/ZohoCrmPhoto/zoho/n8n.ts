import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

/** Name of the credential type that every call is signed with. */
export const CREDENTIAL_TYPE = 'zohoCrmPhotoOAuth2Api';

/** What talking to Zoho needs of n8n: one small door, so that the rest of this room is free of n8n's contexts. */
export interface N8n {
	/** The decrypted credential as it is stored now. Rejects where the node has none. */
	credential(): Promise<ICredentialDataDecryptedObject>;
	/**
	 * Sends a request signed by n8n. Rejects where no answer came.
	 *
	 * @param credential as it was read, whose token is to sign
	 */
	request(options: IHttpRequestOptions, credential: ICredentialDataDecryptedObject): Promise<unknown>;
	/**
	 * Has n8n ask Zoho for a new access token and store it. Rejects where Zoho or its host refuses.
	 *
	 * @param credential as it was read when its token turned out to have run out: where another execution has stored a
	 * token since, n8n 2.41 leaves it at that, and asks Zoho for none
	 */
	renewToken(credential: ICredentialDataDecryptedObject): Promise<void>;
	/** Aborted when the user cancels the execution. */
	cancelled: AbortSignal | undefined;
}

/** The door as a running node sees it. */
export function n8nOfExecution(context: IExecuteFunctions): N8n {
	return { ...door(context), cancelled: context.getExecutionCancelSignal() };
}

/** The door as the editor's lists see it. */
export function n8nOfEditor(context: ILoadOptionsFunctions): N8n {
	return { ...door(context), cancelled: undefined };
}

function door(context: IExecuteFunctions | ILoadOptionsFunctions): Omit<N8n, 'cancelled'> {
	const { helpers } = context;
	// A copy, as n8n lays a new token over what it is given.
	const holding = (credential: ICredentialDataDecryptedObject): typeof context =>
		Object.create(context, { getCredentials: { value: async () => await Promise.resolve({ ...credential }) } });
	return {
		credential: async () => await context.getCredentials(CREDENTIAL_TYPE),
		// n8n would read the credential from its database and decrypt it for each call, and could find the token of another
		// account in it than the one whose data center the call goes to. For any other type than Bearer, which Zoho may give
		// in its token answer, it writes the token into the URL.
		request: async (options, credential) =>
			await helpers.httpRequestWithAuthentication.call(holding(credential), CREDENTIAL_TYPE, options, {
				oauth2: { tokenType: 'Bearer' },
			}),
		// n8n would read the credential again, take that token for the one that ran out, and so renew a newer one too.
		renewToken: async (credential) => {
			await helpers.refreshOAuth2Token.call(holding(credential), CREDENTIAL_TYPE);
		},
	};
}
