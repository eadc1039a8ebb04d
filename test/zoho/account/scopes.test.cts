import { areByModule, DEFAULT_SCOPES, reach, scopeFor } from '../../../nodes/ZohoCrmPhoto/zoho/account/scopes';

test('the least that the node needs', () => {
	expect(DEFAULT_SCOPES).toEqual([
		'ZohoCRM.modules.CREATE',
		'ZohoCRM.modules.READ',
		'ZohoCRM.modules.DELETE',
		'ZohoCRM.coql.READ',
		'ZohoCRM.settings.modules.READ',
		'ZohoSearch.securesearch.READ',
	]);
});

test.each([
	['upload', 'Leads', 'ZohoCRM.modules.leads.CREATE'],
	['download', 'Contacts', 'ZohoCRM.modules.contacts.READ'],
	['delete', 'ACCOUNTS', 'ZohoCRM.modules.accounts.DELETE'],
	['read', 'Products', 'ZohoCRM.modules.products.READ'],
	['read', 'Vendors', 'ZohoCRM.modules.vendors.READ'],
	['search', 'Deals', 'ZohoCRM.modules.deals.READ,ZohoSearch.securesearch.READ'],
	['find', 'Contacts', 'ZohoCRM.modules.contacts.READ,ZohoCRM.coql.READ'],
	['upload', 'My_Module', 'ZohoCRM.modules.custom.CREATE'],
	['listModules', '', 'ZohoCRM.settings.modules.READ'],
	['listFields', 'Leads', 'ZohoCRM.settings.fields.READ'],
	['uploadImage', 'Leads', 'ZohoCRM.files.CREATE'],
	['writeImages', 'Leads', 'ZohoCRM.modules.leads.UPDATE'],
	['readImages', 'My_Module', 'ZohoCRM.modules.custom.READ'],
] as const)('to %s %s takes %s', (task, module, scope) => {
	expect(scopeFor(task, module)).toBe(scope);
});

test.each([
	['ZohoCRM.modules.leads.ALL,ZohoCRM.settings.modules.READ', true],
	['ZohoCRM.settings.modules.READ zohocrm.modules.my_2.create', true],
	['ZohoCRM.modules.ALL,ZohoCRM.settings.modules.READ', false],
	['ZohoCRM.settings.modules.READ', false],
	['', false],
])('%j names modules: %s', (granted, are) => {
	expect(areByModule(granted)).toBe(are);
});

test.each([
	['ZohoCRM.modules.ALL', 'upload', 'Leads', true],
	['A,ZohoCRM.modules.CREATE', 'upload', 'Leads', true],
	['A ZohoCRM.modules.leads.WRITE', 'upload', 'Leads', true],
	['zohocrm.modules.LEADS.all', 'upload', 'Leads', true],
	['ZohoCRM.modules.leads.READ', 'upload', 'Leads', false],
	['ZohoCRM.modules.leads.READ', 'download', 'Leads', true],
	['ZohoCRM.modules.leads.READ', 'read', 'Leads', true],
	['ZohoCRM.modules.leads.READ', 'search', 'Leads', true],
	['ZohoCRM.modules.leads.READ', 'find', 'Leads', false],
	['ZohoCRM.coql.READ', 'find', 'Leads', false],
	['ZohoCRM.modules.leads.READ,ZohoCRM.coql.READ', 'find', 'Leads', true],
	['ZohoCRM.modules.leads.READ,ZohoCRM.coql.READ', 'find', 'Contacts', false],
	['ZohoCRM.modules.leads.READ', 'delete', 'Leads', false],
	['ZohoCRM.modules.leads.DELETE', 'delete', 'Leads', true],
	['ZohoCRM.modules.leads.ALL', 'upload', 'Contacts', false],
	['ZohoCRM.modules.custom.ALL', 'upload', 'My_Module', true],
	['ZohoCRM.modules.my_module.ALL', 'upload', 'My_Module', true],
	['ZohoCRM.modules.custom.ALL', 'upload', 'Leads', false],
	['', 'upload', 'Leads', false],
	['ZohoCRM.modules.leads.UPDATE', 'writeImages', 'Leads', true],
	['ZohoCRM.modules.leads.CREATE', 'writeImages', 'Leads', false],
	['ZohoCRM.modules.leads.READ', 'downloadImage', 'Leads', true],
	['ZohoCRM.files.CREATE', 'uploadImage', 'Leads', true],
	['ZohoCRM.files.ALL', 'uploadImage', 'Contacts', true],
	['ZohoCRM.modules.ALL', 'uploadImage', 'Leads', false],
	['ZohoCRM.settings.fields.READ', 'listFields', 'Leads', true],
	['A ZohoCRM.settings.ALL', 'listFields', 'Leads', true],
	['ZohoCRM.settings.modules.READ', 'listFields', 'Leads', false],
] as const)('%j reach to %s %s: %s', (granted, task, module, reaches) => {
	expect(reach(granted, task, module)).toBe(reaches);
});
