/** A module of Zoho CRM as the settings API tells it. */
export interface CrmModule {
	apiName: string;
	singularLabel: string;
	pluralLabel: string;
	/** Zoho's internal name; for custom modules `CustomModule3` and the like. */
	moduleName: string;
	generatedType: 'default' | 'custom' | 'linking' | 'subform' | 'web';
	apiSupported: boolean;
	/** Shown among the tabs: `visible`, `user_hidden`, `system_hidden`. */
	status: 'visible' | 'user_hidden' | 'system_hidden';
	/** Whether its records can have a photo. */
	photos: boolean;
	/** API name of the field that names a record. */
	displayField: string;
	/** Further text fields of its records. */
	fields: readonly string[];
}

function standard(
	apiName: string,
	singularLabel: string,
	pluralLabel: string,
	displayField: string,
	fields: readonly string[],
	photos = true,
): CrmModule {
	return {
		apiName,
		singularLabel,
		pluralLabel,
		moduleName: apiName,
		generatedType: 'default',
		apiSupported: true,
		status: 'visible',
		photos,
		displayField,
		fields,
	};
}

/** The modules every org has at the start; labels differ from API names where Zoho's own samples show that. */
export const startModules: readonly CrmModule[] = [
	standard('Leads', 'Lead', 'Leads', 'Full_Name', ['First_Name', 'Last_Name', 'Email', 'Phone', 'Company']),
	standard('Contacts', 'Contact', 'Contacts', 'Full_Name', ['First_Name', 'Last_Name', 'Email', 'Phone']),
	standard('Accounts', 'Company', 'Companies', 'Account_Name', ['Phone', 'Website']),
	standard('Deals', 'Deal', 'Deals', 'Deal_Name', ['Stage']),
	standard('Products', 'Product', 'Products', 'Product_Name', ['Product_Code']),
	standard('Vendors', 'Vendor', 'Vendors', 'Vendor_Name', ['Email', 'Phone']),
	standard('Tasks', 'Task', 'Tasks', 'Subject', [], false),
	standard('Events', 'Meeting', 'Meetings', 'Event_Title', [], false),
	standard('Calls', 'Call', 'Calls', 'Subject', [], false),
	standard('Notes', 'Note', 'Notes', 'Note_Title', [], false),
	{ ...standard('Documents', 'Document', 'Documents', 'Name', [], false), apiSupported: false },
	{ ...standard('Projects', 'Project', 'Projects', 'Name', [], false), apiSupported: false },
	{ ...standard('Visits', 'Visit', 'Visits', 'Name', [], false), status: 'system_hidden' },
	{
		...standard('Pets', 'Animal', 'Animals', 'Name', ['Email', 'Species']),
		moduleName: 'CustomModule3',
		generatedType: 'custom',
	},
	{
		...standard('Old_Machines', 'Old machine', 'Old machines', 'Name', []),
		moduleName: 'CustomModule4',
		generatedType: 'custom',
		status: 'user_hidden',
	},
	{
		...standard('Leads_X_Pets', 'Leads X Pets', 'Leads X Pets', 'Name', [], false),
		moduleName: 'LinkingModule1',
		generatedType: 'linking',
	},
	{
		...standard('Vaccinations', 'Vaccination', 'Vaccinations', 'Name', [], false),
		moduleName: 'Subform1',
		generatedType: 'subform',
		apiSupported: false,
	},
	{
		...standard('Price_Page', 'Price page', 'Price page', 'Name', [], false),
		moduleName: 'WebTab1',
		generatedType: 'web',
		apiSupported: false,
	},
];

/**
 * What `GET settings/modules` does with `feature_name` (documented in OAS 2026, never seen called with
 * `record_image`).
 */
export type FeatureFilter = 'works' | 'ignored' | 'refused';

/** The modules of all orgs and the switches about them. */
export class Modules {
	private byName = new Map<string, CrmModule>();
	/** Whether `feature_name=record_image` filters, is ignored, or is refused with 400. */
	featureFilter: FeatureFilter = 'works';

	constructor() {
		this.clear();
	}

	/** All modules. */
	all(): CrmModule[] {
		return [...this.byName.values()];
	}

	/** The module with this API name. Assumption: upper and lower case matter. */
	find(apiName: string): CrmModule | undefined {
		return this.byName.get(apiName);
	}

	/** Adds a module or changes one. */
	set(module: CrmModule): void {
		this.byName.set(module.apiName, module);
	}

	/**
	 * True when a photo call for the module is served in a version. Deals is on the upload page from v5 on and not on
	 * v2's. Assumption: v3 and v4 take Deals too.
	 */
	takesPhotos(module: CrmModule, version: string): boolean {
		if (module.apiName === 'Deals' && (version === 'v2' || version === 'v2.1')) return false;
		return module.photos && module.apiSupported;
	}

	/** Back to the modules of the start. */
	clear(): void {
		this.byName = new Map(startModules.map((module) => [module.apiName, module]));
		this.featureFilter = 'works';
	}
}
