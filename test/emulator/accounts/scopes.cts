/**
 * Splits a scope list. Zoho separates scopes by commas (Zoho's OAuth documentation).
 */
export function splitScopes(list: string): string[] {
	return list
		.split(',')
		.map((scope) => scope.trim())
		.filter((scope) => scope !== '');
}

/**
 * True when a scope has Zoho's form: service, dot, group, and so on, ending in an operation.
 * Assumption: Zoho refuses anything else on the consent page ("Scope does not exist").
 */
export function isScope(scope: string): boolean {
	return /^(Zoho[A-Za-z]+|AaaServer)(\.\w+)+\.(ALL|READ|CREATE|WRITE|UPDATE|DELETE)$/i.test(scope);
}

/** The scope word of a module: `leads`, or the literal `custom` for every custom module (OAS; Zoho's Kaizen series). */
export function moduleWord(module: { apiName: string; generatedType: string }): string {
	return module.generatedType === 'custom' ? 'custom' : module.apiName.toLowerCase();
}

/**
 * The scopes that serve an operation on a module's records or photos: `ZohoCRM.modules.{operation}` and
 * `ZohoCRM.modules.{word}.{operation}` (Zoho's upload, download and delete photo pages; OAS of 2026).
 */
export function moduleScopes(word: string, operations: readonly string[]): string[] {
	return operations.flatMap((operation) => [`ZohoCRM.modules.${operation}`, `ZohoCRM.modules.${word}.${operation}`]);
}

/** The scopes that serve reading one kind of settings, such as `modules` or `fields`. */
export function settingsScopes(kind: string): string[] {
	return [
		'ZohoCRM.settings.ALL',
		'ZohoCRM.settings.READ',
		`ZohoCRM.settings.${kind}.ALL`,
		`ZohoCRM.settings.${kind}.READ`,
	];
}

/** True when one of the granted scopes is among those that serve. Assumption: upper and lower case do not matter. */
export function isGranted(granted: readonly string[], serving: readonly string[]): boolean {
	const wanted = new Set(serving.map((scope) => scope.toLowerCase()));
	return granted.some((scope) => wanted.has(scope.toLowerCase()));
}
