import { orgOf } from './crm/orgs.cts';
import { type Emulator, startEmulator } from './emulator.cts';
import { dataCenterNamed } from './network/dataCenters.cts';
import { type ProxiedAnswer, proxiedRequest } from './proxiedRequest.cts';

// Real connections: slow only when the machine is busy with something else.
jest.setTimeout(30_000);

describe('deleting records of the emulated Zoho', () => {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await startEmulator();
	});
	afterAll(async () => await emulator.close());
	beforeEach(() => emulator.zoho.reset());

	const token = (scopes = 'ZohoCRM.modules.ALL') =>
		String(emulator.zoho.connect({ scopes }).oauthTokenData.access_token);
	const call = async (method: string, path: string, body?: object, accessToken = token()): Promise<ProxiedAnswer> =>
		await proxiedRequest(emulator, {
			url: `https://www.zohoapis.com/crm/v8/${path}`,
			method,
			headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
			body: body && JSON.stringify(body),
		});
	const rows = (answer: ProxiedAnswer): Array<Record<string, unknown>> => {
		const { data } = answer.json();
		return Array.isArray(data) ? data : [];
	};

	const idOfLead = (wanted: string): string => {
		const leads = emulator.zoho.records.list(orgOf(dataCenterNamed('us')), 'Leads');
		return leads.find(({ name }) => name === wanted)?.id ?? '';
	};

	it('makes a lead that is there at once, and deletes it', async () => {
		const made = await call('POST', 'Leads', {
			data: [{ First_Name: 'Ada', Last_Name: 'Byron King', Company: 'Zylker' }],
		});
		expect([made.status, rows(made)[0]?.code]).toEqual([201, 'SUCCESS']);
		const id = idOfLead('Ada Byron King');
		expect(rows(made)[0]?.details).toMatchObject({ id });
		const read = await call('GET', `Leads/${id}?fields=Full_Name,Last_Name,Company`);
		expect(rows(read)).toEqual([{ id, Full_Name: 'Ada Byron King', Last_Name: 'Byron King', Company: 'Zylker' }]);

		const deleted = await call('DELETE', `Leads?ids=${id}`);
		expect([deleted.status, rows(deleted)[0]]).toEqual([
			200,
			{ code: 'SUCCESS', details: { id }, message: 'record deleted', status: 'success' },
		]);
		expect((await call('GET', `Leads/${id}?fields=id`)).status).toBe(204);
		const again = await call('DELETE', `Leads?ids=${id}`);
		expect([again.status, rows(again)[0]?.code]).toEqual([400, 'INVALID_DATA']);
	});

	it('wants the scopes and a module', async () => {
		const body = { data: [{ Last_Name: 'Hopper' }] };
		const reading = token('ZohoCRM.modules.READ');
		expect((await call('POST', 'Leads', body, reading)).json().code).toBe('OAUTH_SCOPE_MISMATCH');
		expect((await call('DELETE', 'Leads?ids=1', undefined, reading)).json().code).toBe('OAUTH_SCOPE_MISMATCH');
		expect((await call('DELETE', 'Nowhere?ids=1')).json().code).toBe('INVALID_MODULE');
		expect((await call('DELETE', 'Leads?ids=1')).status).toBe(400);
	});

	it('deletes nothing of another org', async () => {
		const european = emulator.zoho.records.add('Leads', { dataCenter: 'eu' });
		expect((await call('DELETE', `Leads?ids=${european}`)).status).toBe(400);
		expect(emulator.zoho.records.get('Leads', european)?.condition).toBeUndefined();
	});
});
