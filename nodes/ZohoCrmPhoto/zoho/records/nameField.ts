/** The field that names a record (Zoho's field metadata, `display_field`); custom modules have `Name`. */
const NAME_FIELDS: ReadonlyMap<string, string> = new Map(
	Object.entries({
		leads: 'Full_Name',
		contacts: 'Full_Name',
		accounts: 'Account_Name',
		deals: 'Deal_Name',
		products: 'Product_Name',
		vendors: 'Vendor_Name',
	}),
);

/** What tells records of one name apart, the best first; every custom module begins with an e-mail field. */
const SECOND_FIELDS: ReadonlyMap<string, readonly string[]> = new Map(
	Object.entries({
		leads: ['Email', 'Company'],
		contacts: ['Email', 'Account_Name'],
		accounts: ['Website', 'Phone'],
		deals: ['Account_Name', 'Stage'],
		products: ['Product_Code'],
		vendors: ['Email', 'Phone'],
	}),
);

/** API name of the field that names the records of a module. */
export function nameFieldOf(module: string): string {
	return NAME_FIELDS.get(module.toLowerCase()) ?? 'Name';
}

/** API names of the fields that tell records of one name apart, the best first. */
export function secondFieldsOf(module: string): readonly string[] {
	return SECOND_FIELDS.get(module.toLowerCase()) ?? ['Email'];
}
