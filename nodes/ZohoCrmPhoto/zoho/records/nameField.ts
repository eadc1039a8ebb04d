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

/** API name of the field that names the records of a module. */
export function nameFieldOf(module: string): string {
	return NAME_FIELDS.get(module.toLowerCase()) ?? 'Name';
}
