import { readAddress } from '../../nodes/ZohoCrmPhoto/parameters/address';
import { DATA_CENTERS } from '../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { execution } from '../run/execution.cts';

const ID = '3409643000003088001';

function read(recordId: unknown, module: unknown = { mode: 'name', value: 'Leads' }) {
	return readAddress(execution({ parameters: { module: () => module, recordId: () => recordId } }).context, 0);
}
const byId = (value: unknown) => read({ __rl: true, mode: 'id', value });
const byUrl = (value: unknown, module = 'Leads') =>
	read({ __rl: true, mode: 'url', value }, { mode: 'list', value: module });
const found = (recordId: string, module = 'Leads') => ({ ok: true, value: { module, recordId } });
const refused = (code: string, says: string) => ({
	ok: false,
	failure: expect.objectContaining({
		code,
		message: expect.stringContaining(says),
		description: expect.stringMatching(/\.$/),
	}),
});

describe('readAddress', () => {
	it.each([
		['1', '1'],
		[ID, ID],
		['9'.repeat(20), '9'.repeat(20)],
		[`  ${ID}\n`, ID],
		[3000000038009, '3000000038009'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
		['0042', '0042'],
	])('takes the record id %j', (given, id) => expect(byId(given)).toEqual(found(id)));

	it.each([
		['9'.repeat(21), `'${'9'.repeat(21)}' cannot be the id`],
		['12a', "'12a' cannot be"],
		['-5', "'-5' cannot be"],
		['1.5', "'1.5' cannot be"],
		[1.5, "'1.5' cannot be"],
		[Number.NaN, "'NaN' cannot be"],
		['../photo', "'../photo' cannot be"],
		['1/../2', 'cannot be'],
		['１２３', 'cannot be'],
		['', "'Record' is empty"],
		['   ', "'Record' is empty"],
		[null, "'Record' is empty"],
		[undefined, "'Record' is empty"],
		[['1'], 'cannot be'],
		[{ id: 1 }, `'{"id":1}' cannot be`],
		[true, "'true' cannot be"],
		['x'.repeat(500), `'${'x'.repeat(100)}'`],
	])('refuses the record id %j', (given, says) => expect(byId(given)).toEqual(refused('INVALID_DATA', says)));

	it.each([Number(ID), Number.MAX_SAFE_INTEGER + 1, 1e30])(
		'refuses the number %j, which JavaScript has rounded',
		(given) => {
			expect(byId(given)).toEqual(refused('INVALID_DATA', `${given} came as a number`));
		},
	);

	it('takes a record picked from the list, and plain values in place of both locators', () => {
		expect(read({ __rl: true, mode: 'list', value: ID, cachedResultName: 'Ada' })).toEqual(found(ID));
		expect(read(ID, 'Contacts')).toEqual(found(ID, 'Contacts'));
	});

	it.each(['Leads', ' Custom_Module_1 ', 'x'.repeat(100)])('takes the module %j', (module) => {
		expect(read(ID, { mode: 'name', value: module })).toEqual(found(ID, module.trim()));
	});

	it.each([
		['', "'Module' is empty"],
		[null, "'Module' is empty"],
		['My Leads', "'My Leads' cannot be"],
		['Leads/1/photo?', 'cannot be'],
		['x'.repeat(101), 'cannot be'],
		[['Leads'], `'["Leads"]' cannot be`],
	])('refuses the module %j', (module, says) => {
		expect(read(ID, { mode: 'name', value: module })).toEqual(refused('INVALID_MODULE', says));
	});

	it.each(['constructor', '__proto__'])('takes the name %s for a module like any other', (module) => {
		expect(read(ID, module)).toEqual(found(ID, module));
	});

	describe('by the address of the record', () => {
		it.each(DATA_CENTERS.map(({ accountsDomain }) => accountsDomain))('at %s, with and without the org', (domain) => {
			for (const path of ['/crm/org20071234/tab/Leads/', '/crm/tab/Leads/', '/crm/ShowEntity/tab/Leads/']) {
				expect(byUrl(`https://crm.${domain}${path}${ID}`)).toEqual(found(ID));
			}
		});

		it.each([
			`https://one.zoho.com/zohoone/zylker/home/cxapp/crm/org1/tab/Leads/${ID}`,
			`https://crmplus.zoho.eu/zylker/index.do/cxapp/crm/org1/tab/Leads/${ID}?layout=2`,
			`https://crm.zoho.com/crm/EntityInfo.do?module=Leads&id=${ID}`,
			`https://crm.zoho.com/crm/org1/tab/Leads/${ID}/edit`,
			`https://crmsandbox.zoho.com/crm/zylker/tab/Leads/${ID}`,
			`  https://crm.zoho.in/crm/org1/tab/Leads/${ID}  `,
		])('reads %s', (url) => expect(byUrl(url)).toEqual(found(ID)));

		it('knows the tab of deals by its old name, and takes custom tabs, whose name is not the API name', () => {
			expect(byUrl(`https://crm.zoho.com/crm/org1/tab/Potentials/${ID}`, 'Deals')).toEqual(found(ID, 'Deals'));
			expect(byUrl(`https://crm.zoho.com/crm/org1/tab/CustomModule3/${ID}`, 'Pets')).toEqual(found(ID, 'Pets'));
		});

		it('refuses a record of another module', () => {
			expect(byUrl(`https://crm.zoho.com/crm/org1/tab/Contacts/${ID}`)).toEqual(
				refused('INVALID_DATA', "leads to a record of Contacts, but the parameter 'Module' says Leads"),
			);
			expect(byUrl(`https://crm.zoho.com/crm/org1/tab/Leads/${ID}`, 'leads')).toEqual(found(ID, 'leads'));
		});

		it.each([
			'https://crm.zoho.com/crm/org1/tab/Leads',
			'https://crm.zoho.com/crm/org1/tab/Leads/custom-view/3409643000000087501/list',
			`https://crm.zoho.com.evil.example/crm/tab/Leads/${ID}`,
			`https://evilzoho.com/crm/tab/Leads/${ID}`,
			`http://crm.zoho.com/crm/tab/Leads/${ID}`,
			`https://crm.zoho.com/crm/tab/Leads/${ID}99`,
			'not an address',
			ID,
		])('refuses %s', (url) => {
			expect(byUrl(url)).toEqual(refused('INVALID_DATA', 'is not the address of a record'));
		});

		it('says so where it is empty', () => expect(byUrl(' ')).toEqual(refused('INVALID_DATA', "'Record' is empty")));
	});
});

describe('a record by what a field holds', () => {
	const byField = (value: unknown, options: unknown = {}, module = 'Contacts') => {
		const parameters = {
			module: () => ({ mode: 'name', value: module }),
			recordId: () => ({ __rl: true, mode: 'field', value }),
			options: () => options,
		};
		return readAddress(execution({ parameters }).context, 0);
	};

	it.each([
		['Contacts', 'Email'],
		['Leads', 'Email'],
		['Vendors', 'Email'],
		['My_Module', 'Email'],
		['products', 'Product_Code'],
		['Accounts', 'Account_Name'],
		['Deals', 'Deal_Name'],
	])('is in %s matched by %s', (module, field) => {
		expect(byField(' a ', {}, module)).toEqual({
			ok: true,
			value: { module, field, value: 'a', severalMatches: 'refuse' },
		});
	});

	it.each([
		[{ matchField: ' Phone ' }, { field: 'Phone' }],
		[{ matchField: '' }, { field: 'Email' }],
		[{ matchField: '  ' }, { field: 'Email' }],
		[
			{ matchField: null, severalMatches: null },
			{ field: 'Email', severalMatches: 'refuse' },
		],
		[{ severalMatches: 'newest' }, { severalMatches: 'newest' }],
	])('takes the options %j', (options, value) => {
		expect(byField('a', options)).toMatchObject({ ok: true, value });
	});

	it.each([[{ matchField: 'Account_Name.id' }], [{ matchField: ['Email'] }], [{ severalMatches: true }]])(
		'refuses the options %j',
		(options) => expect(byField('a', options)).toMatchObject({ ok: false, failure: { code: 'INVALID_PARAMETER' } }),
	);

	it('takes a number, unless it was rounded, and nothing for nothing', () => {
		expect(byField(4711)).toMatchObject({ ok: true, value: { value: '4711' } });
		expect(byField(1e21)).toEqual(refused('INVALID_DATA', 'The value 1e+21 came as a number'));
		expect(byField(' ')).toEqual(refused('INVALID_DATA', 'nothing to find the record by'));
	});
});
