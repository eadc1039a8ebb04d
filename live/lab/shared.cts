import type { Lab } from './lab.cts';

/** Makes something once in a run for several questions. */
export function shared<T>(make: (lab: Lab) => Promise<T>): (lab: Lab) => Promise<T> {
	const made = new WeakMap<Lab, Promise<T>>();
	return async (lab) => {
		const known = made.get(lab) ?? make(lab);
		made.set(lab, known);
		return await known;
	};
}
