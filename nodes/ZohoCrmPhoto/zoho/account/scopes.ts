import type { Task } from '../task';

/** What the credential asks for unless an administrator narrows it. Least for all that the node does (docs/credential.md). */
export const DEFAULT_SCOPES: readonly string[] = [
	'ZohoCRM.modules.CREATE',
	'ZohoCRM.modules.READ',
	'ZohoCRM.modules.DELETE',
	'ZohoCRM.coql.READ',
	'ZohoCRM.settings.modules.READ',
	'ZohoSearch.securesearch.READ',
];

/** What the credential asks for on top with its switch "Image Fields". */
export const IMAGE_FIELD_SCOPES: readonly string[] = [
	'ZohoCRM.modules.UPDATE',
	'ZohoCRM.files.CREATE',
	'ZohoCRM.settings.fields.READ',
];

/** Tasks whose scope is the same for all modules ("Fields Metadata", "Modules Metadata", "Upload Files"). */
const FIXED: Readonly<Record<'listModules' | 'listFields' | 'uploadImage', string>> = {
	listModules: 'ZohoCRM.settings.modules.READ',
	listFields: 'ZohoCRM.settings.fields.READ',
	uploadImage: 'ZohoCRM.files.CREATE',
};

/** Modules with a scope word of their own; every custom module shares the word `custom` (Zoho's OpenAPI, search). */
const STANDARD_MODULES = ['leads', 'contacts', 'accounts', 'products', 'vendors', 'deals'];

/** The scope that a query takes beside reading its module ("Get Records through a COQL Query"). */
const QUERIES = 'ZohoCRM.coql.READ';

/** The access that Zoho's photo, records and search pages ask for, the narrowest first. */
const ACCESS: Readonly<Record<Exclude<Task, keyof typeof FIXED>, readonly string[]>> = {
	upload: ['CREATE', 'WRITE', 'ALL'],
	download: ['READ', 'ALL'],
	delete: ['DELETE', 'ALL'],
	read: ['READ', 'ALL'],
	find: ['READ', 'ALL'],
	search: ['READ', 'ALL'],
	readImages: ['READ', 'ALL'],
	writeImages: ['UPDATE', 'WRITE', 'ALL'],
	downloadImage: ['READ', 'ALL'],
};

/**
 * The scope that Zoho asks for, as narrow as its pages name it, e.g. `ZohoCRM.modules.leads.CREATE`.
 *
 * @param module API name of the module
 * @returns for a search or a query both scopes that it takes, separated by a comma as in the credential
 */
export function scopeFor(task: Task, module: string): string {
	if (isFixed(task)) return FIXED[task];
	const scope = `ZohoCRM.modules.${wordFor(module)}.${ACCESS[task][0]}`;
	if (task === 'find') return `${scope},${QUERIES}`;
	return task === 'search' ? `${scope},ZohoSearch.securesearch.READ` : scope;
}

/** Whether it takes the credential's switch "Image Fields" to be allowed a task. */
export function needsImageFields(task: Task): boolean {
	return task === 'listFields' || task === 'uploadImage' || task === 'writeImages';
}

function isFixed(task: Task): task is keyof typeof FIXED {
	return task in FIXED;
}

/** The module's word in a scope: its name in lower case, or `custom`. */
function wordFor(module: string): string {
	const word = module.toLowerCase();
	return STANDARD_MODULES.includes(word) ? word : 'custom';
}

/**
 * Whether the granted scopes name single modules, so that a scope missing for one module says nothing of another.
 *
 * @param granted Zoho's list, e.g. `ZohoCRM.modules.leads.ALL,ZohoCRM.settings.modules.READ`
 */
export function areByModule(granted: string): boolean {
	return /\bZohoCRM\.modules\.[a-z_0-9]+\.[a-z]+/i.test(granted);
}

/**
 * Whether the granted scopes reach a module for a task, as far as their names tell.
 *
 * @param granted Zoho's list, separated by commas or spaces
 */
export function reach(granted: string, task: Exclude<Task, 'listModules'>, module: string): boolean {
	const scopes = granted.toLowerCase().split(/[\s,]+/);
	if (isFixed(task)) return scopes.some((scope) => alsoServing(FIXED[task]).includes(scope));
	const words = [wordFor(module), module.toLowerCase()];
	const wanted = ACCESS[task].flatMap((access) => [
		`zohocrm.modules.${access}`.toLowerCase(),
		...words.map((word) => `zohocrm.modules.${word}.${access}`.toLowerCase()),
	]);
	if (task === 'find' && !scopes.includes(QUERIES.toLowerCase())) return false;
	return scopes.some((scope) => wanted.includes(scope));
}

/** A scope in lower case with those that hold it: of all of its group, and for settings also of the groups above. */
function alsoServing(scope: string): string[] {
	const [service = '', ...groups] = scope.toLowerCase().split('.').slice(0, -1);
	const access = scope.toLowerCase().split('.').at(-1) ?? '';
	return groups.flatMap((_, place) => {
		const path = [service, ...groups.slice(0, place + 1)].join('.');
		return [`${path}.${access}`, `${path}.all`];
	});
}
