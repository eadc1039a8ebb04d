/**
 * An object that has just what a test gives it: whatever else the code under test touches throws by its name, so that no
 * test passes on an `undefined` that n8n would not have given.
 *
 * @param name what the message calls it, e.g. `context`
 * @param parts the members that the code may touch
 */
export function strict<T extends object>(name: string, parts: object): T {
	return new Proxy<T>(Object.create(null), {
		get(_, key) {
			// Looked for by `await` on everything.
			if (key === 'then') return undefined;
			if (!Reflect.has(parts, key))
				throw new Error(`The code touches ${name}.${String(key)}, which the test did not give`);
			return Reflect.get(parts, key);
		},
		has: (_, key) => Reflect.has(parts, key),
	});
}
