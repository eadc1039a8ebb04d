/** True for an object that is no array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path inside of JSON; undefined where there is nothing. */
export function dig(value: unknown, ...path: ReadonlyArray<string | number>): unknown {
	let here = value;
	for (const step of path) {
		if (Array.isArray(here) && typeof step === 'number') here = here[step];
		else if (isRecord(here) && Object.hasOwn(here, step)) here = here[step];
		else return undefined;
	}
	return here;
}

/** The text at a path. @throws Error when there is none */
export function textAt(value: unknown, ...path: ReadonlyArray<string | number>): string {
	const found = dig(value, ...path);
	if (typeof found !== 'string')
		throw new Error(`No text at ${path.join('.')} in ${JSON.stringify(value)?.slice(0, 600)}`);
	return found;
}

/** The list at a path; an empty one where there is none. */
export function listAt(value: unknown, ...path: ReadonlyArray<string | number>): unknown[] {
	const found = dig(value, ...path);
	return Array.isArray(found) ? found : [];
}
