import { readLogin, SCOPES } from '../../live/account/login.cts';
import { signIn, signOut } from '../../live/account/signIn.cts';
import { emulatedAccount } from '../../live/account/emulated.cts';
import { orgOf } from '../emulator/crm/orgs.cts';
import { dataCenterNamed } from '../emulator/network/dataCenters.cts';
import { ask, emulatorOfFile } from './lab.cts';

const theEmulator = emulatorOfFile();
const nobody = async (text: string): Promise<string> => await Promise.reject(new Error(`asked for ${text}`));

describe('signing in', () => {
	it('exchanges a one-time code, and gives back the refresh token that came with it', async () => {
		const emulator = theEmulator();
		const { transport, login } = emulatedAccount(emulator, 'zoho.eu');
		const code = emulator.zoho.tokens.issueCode({
			clientId: login.clientId,
			redirectUri: undefined,
			org: orgOf(dataCenterNamed('eu'), 'sandbox'),
			scopes: SCOPES,
			offline: true,
		});
		const byCode = { ...login, refreshToken: undefined, code };
		const connection = await signIn(transport, byCode);
		expect(connection.apiDomain).toBe('https://sandbox.zohoapis.eu');
		await signOut(transport, byCode, connection);
		const again = { ...login, refreshToken: connection.ownRefreshToken };
		expect(connection.ownRefreshToken).toMatch(/^1000\./);
		await expect(signIn(transport, again)).rejects.toThrow('Zoho refused the sign-in with "invalid_code"');
	});

	it("keeps a user's own refresh token", async () => {
		const { transport, login } = emulatedAccount(theEmulator());
		const connection = await signIn(transport, login);
		await signOut(transport, login, connection);
		await expect(signIn(transport, login)).resolves.toMatchObject({ apiDomain: 'https://www.zohoapis.com' });
	});

	it("sends no token to an API host that is none of Zoho's", async () => {
		const emulator = theEmulator();
		const body = { access_token: 'a-token', api_domain: 'https://www.zohoapis.com.evil.example' };
		emulator.zoho.faults.add({ when: { path: '/oauth/v2/token' }, answer: { kind: 'http', status: 200, body } });
		await expect(ask(emulator)).rejects.toThrow('named an API host that is none of Zoho');
		expect(emulator.zoho.calls).toEqual([]);
	});

	it('tells no secret that a refusal echoes', async () => {
		const emulator = theEmulator();
		const { login } = emulatedAccount(emulator);
		const body = { error: login.clientSecret };
		emulator.zoho.faults.add({ when: { path: '/oauth/v2/token' }, answer: { kind: 'http', status: 200, body } });
		await expect(ask(emulator)).rejects.toThrow('Zoho refused the sign-in with "UNKNOWN". See docs/live.md.');
	});
});

describe('what signs in', () => {
	const given = {
		ZOHO_DATA_CENTER: 'eu',
		ZOHO_CLIENT_ID: 'an-id',
		ZOHO_CLIENT_SECRET: 'a-secret',
		ZOHO_REFRESH_TOKEN: 'a-token',
	};

	it('comes from the environment', async () => {
		const login = await readLogin(given, nobody);
		expect(login).toMatchObject({ clientId: 'an-id', clientSecret: 'a-secret', refreshToken: 'a-token' });
		expect(login.dataCenter.accountsDomain).toBe('zoho.eu');
	});

	it('is asked for where it is not there, secrets without being shown', async () => {
		const asked: string[] = [];
		const answer = async (text: string, isSecret = false): Promise<string> => {
			asked.push(`${isSecret ? 'secretly ' : ''}${text.slice(0, 13)}`);
			return await Promise.resolve(text.startsWith('Data') ? 'zohocloud.ca' : 'typed');
		};
		const login = await readLogin({}, answer);
		expect(login).toMatchObject({ clientId: 'typed', clientSecret: 'typed', code: 'typed' });
		expect(asked).toEqual(['Data center (', 'Client ID: ', 'secretly Client secret', 'secretly One-time code']);
	});

	it('is refused for a data center that Zoho does not have', async () => {
		await expect(readLogin({ ...given, ZOHO_DATA_CENTER: 'evil.example/' }, nobody)).rejects.toThrow(
			'Zoho has no data center "evil.example/". Choose one of',
		);
	});
});
