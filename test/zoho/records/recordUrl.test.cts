import { dataCenterOfAccounts } from '../../../nodes/ZohoCrmPhoto/zoho/account/dataCenters';
import { readRecordUrl, recordUrl } from '../../../nodes/ZohoCrmPhoto/zoho/records/recordUrl';

test.each([
	['https://crm.zoho.com/crm/org20071234/tab/Leads/3000000038009', 'Leads'],
	['https://crm.zoho.eu/crm/tab/Contacts/3000000038009', 'Contacts'],
	['https://crm.zoho.eu/crm/tab/Contacts/3000000038009/', 'Contacts'],
	['https://crm.zoho.eu/crm/tab/accounts/3000000038009?page=2', 'Accounts'],
	['https://crm.zoho.in/crm/tab/Products/3000000038009', 'Products'],
	['https://crm.zoho.in/crm/tab/Vendors/3000000038009', 'Vendors'],
	['https://crm.zoho.in/crm/tab/Deals/3000000038009', 'Deals'],
	['https://crm.zohocloud.ca/crm/tab/Potentials/3000000038009', 'Deals'],
	['https://one.zoho.com/zohoone/acme/home/cxapp/crm/org1/tab/Leads/3000000038009', 'Leads'],
	['https://crmplus.zoho.com/acme/index.do/cxapp/crm/org1#tab/Leads/3000000038009', 'Leads'],
	['https://crm.zoho.com/crm/EntityInfo.do?module=Leads&id=3000000038009', 'Leads'],
	['https://crm.zoho.com/crm/EntityInfo.do?module=CustomModule3&id=3000000038009', undefined],
	['https://crm.zoho.com/crm/EntityInfo.do?id=3000000038009', undefined],
	['https://crm.zoho.com/crm/org1/tab/CustomModule3/3000000038009', undefined],
])('%s', (url, module) => {
	expect(readRecordUrl(url)).toEqual({ module, recordId: '3000000038009' });
});

test.each([
	['http://crm.zoho.com/crm/tab/Leads/3000000038009'],
	['https://crm.zoho.com.evil.example/crm/tab/Leads/3000000038009'],
	['https://evilzoho.com/crm/tab/Leads/3000000038009'],
	['https://crm.zoho.com/crm/tab/Leads'],
	['https://crm.zoho.com/crm/tab/Leads/30000x'],
	['https://crm.zoho.com/crm/tab/Leads/123456789012345678901'],
	['https://crm.zoho.com/crm/Other.do?id=3000000038009'],
	['https://crm.zoho.com/crm/EntityInfo.do/x?id=3000000038009'],
	['https://crm.zoho.com/crm/EntityInfo.do?id=x3000000038009'],
	['https://crm.zoho.com/crm/EntityInfo.do?module=Leads'],
	['Leads/3000000038009'],
	[''],
])('%s is no record', (url) => {
	expect(readRecordUrl(url)).toBeUndefined();
});

test('a tab with the name of something that every object has is a custom one', () => {
	const found = readRecordUrl('https://crm.zoho.com/crm/tab/constructor/3000000038009');
	expect(found).toEqual({ module: undefined, recordId: '3000000038009' });
});

test('the address of a record, with the name that the tab has', () => {
	const eu = dataCenterOfAccounts('zoho.eu');
	if (eu === undefined) throw new Error('Europe is gone.');
	expect(recordUrl(eu, { module: 'Leads', recordId: '1' })).toBe('https://crm.zoho.eu/crm/tab/Leads/1');
	expect(recordUrl(eu, { module: 'Deals', recordId: '1' })).toBe('https://crm.zoho.eu/crm/tab/Potentials/1');
});
