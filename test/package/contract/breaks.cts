import { isDeepStrictEqual } from 'node:util';

import type { Contract, Parameter } from './contract.cts';

/**
 * Compares the package with the contract of a release.
 *
 * Broken is what changes the meaning of a workflow or credential stored before: something gone, a type or default changed,
 * a parameter hidden where it was shown, or one newly required. Additions are none: a further parameter or value, or a
 * parameter shown in more cases.
 *
 * @param released contract of the release
 * @param current contract of the package now
 * @returns one sentence for each break, and what it needs; empty when there is none
 */
export function breaks(released: Contract, current: Contract): string[] {
	if (released.node.name !== current.node.name) {
		return [`The node '${released.node.name}' is now named '${current.node.name}': no stored workflow would find it.`];
	}
	if (released.credential.name !== current.credential.name) {
		return [
			`The credential type '${released.credential.name}' is now named '${current.credential.name}': no stored credential would fit.`,
		];
	}
	const ofNode = Object.entries(released.node.versions).flatMap(([number, version]) => {
		const now = current.node.versions[number];
		if (!now) return [`Version ${number} of the node is gone: stored workflows name it. Keep it beside the new one.`];
		return [
			...(version.inputs === now.inputs ? [] : [`The number of inputs was ${version.inputs} and is ${now.inputs}.`]),
			...(version.outputs === now.outputs
				? []
				: [`The number of outputs was ${version.outputs} and is ${now.outputs}.`]),
			...version.credentials
				.filter((name) => !now.credentials.includes(name))
				.map((name) => `The node no longer takes the credential type '${name}'.`),
			...parameterBreaks(version.parameters, now.parameters),
		].map((sentence) => `${sentence} This needs a new node version; version ${number} stays as it was.`);
	});
	const ofCredential = [
		...(isDeepStrictEqual(released.credential.extends, current.credential.extends)
			? []
			: ['The credential extends another type.']),
		...parameterBreaks(released.credential.parameters, current.credential.parameters),
	].map((sentence) => `Credential: ${sentence} This needs a new credential type; the old one stays as it was.`);
	return [...ofNode, ...ofCredential];
}

/**
 * Whether the package has everything that the contract says and nothing more: so it must be when it is released.
 *
 * @returns true when both are the same, the order of parameters and values left aside
 */
export function isComplete(released: Contract, current: Contract): boolean {
	return (
		released.release === current.release &&
		breaks(released, current).length === 0 &&
		breaks(current, released).length === 0
	);
}

function parameterBreaks(released: Parameter[], current: Parameter[]): string[] {
	return released.flatMap((was) => {
		const named = current.filter(({ path }) => path === was.path);
		if (named.length === 0) return [`The parameter '${was.path}' is gone.`];
		// One name may serve several operations, as parameters of their own: the one shown in the same cases is compared.
		const now = named.find((candidate) => isShownAsBefore(was, candidate));
		if (!now) return [`The parameter '${was.path}' is not shown everywhere it was (${cases(was)}).`];
		return changes(was, now);
	});
}

function changes(was: Parameter, now: Parameter): string[] {
	return [
		...(was.type === now.type ? [] : [`The type of '${was.path}' was '${was.type}' and is '${now.type}'.`]),
		...(isDeepStrictEqual(was.default, now.default)
			? []
			: [`The default of '${was.path}' was ${JSON.stringify(was.default)} and is ${JSON.stringify(now.default)}.`]),
		...(now.required && !was.required ? [`The parameter '${was.path}' is now required.`] : []),
		...missing(was.values, now.values).map(
			(value) => `The parameter '${was.path}' no longer takes '${String(value)}'.`,
		),
	];
}

/** Shown at least where it was: no condition more, and no condition narrower. */
function isShownAsBefore(was: Parameter, now: Parameter): boolean {
	const showsAll = Object.entries(now.show).every(([name, values]) => {
		const before = was.show[name];
		return before !== undefined && missing(before, values).length === 0;
	});
	const hidesNoMore = Object.entries(now.hide).every(([name, values]) => missing(values, was.hide[name]).length === 0);
	return showsAll && hidesNoMore;
}

function cases({ show, hide }: Parameter): string {
	return JSON.stringify({ show, hide });
}

/** What of the first list is not in the second; values are compared by what they hold. */
function missing(values: unknown[] = [], among: unknown[] = []): unknown[] {
	return values.filter((value) => !among.some((other) => isDeepStrictEqual(value, other)));
}
