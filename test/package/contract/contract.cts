import path from 'node:path';

import { checkConditions, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { PROJECT } from '../packed.cts';

/** Values by the name of the parameter that has one of them. */
export type Conditions = Record<string, unknown[] | undefined>;

/** What workflows and credentials store of one parameter, or rely on when they store nothing. */
export type Parameter = {
	/** Name, with the collections it lies in: `options.timeout`. */
	path: string;
	type: string;
	default: unknown;
	required: boolean;
	/** Values of the options, or names of a resource locator's modes, in the list's order. */
	values: unknown[];
	/** When the editor shows it: `{ operation: ['upload'] }`; all conditions hold together, each for any of its values. */
	show: Conditions;
	hide: Conditions;
};

/** What stored workflows rely on in one version of the node. */
export type NodeVersion = {
	inputs: number;
	outputs: number;
	/** Names of the credential types it asks for. */
	credentials: string[];
	parameters: Parameter[];
};

/** Everything of the package that workflows and credentials store. */
export type Contract = {
	/** Version of the package. */
	release: string;
	node: { name: string; versions: Record<string, NodeVersion> };
	credential: { name: string; extends: string[]; parameters: Parameter[] };
};

/**
 * Reads the contract from the built node and credential, as n8n would load them.
 *
 * @throws Error when the project has not been built
 */
export function builtContract(): Contract {
	const manifest: typeof import('../../../package.json') = require(path.join(PROJECT, 'package.json'));
	const nodeModule: typeof import('../../../nodes/ZohoCrmPhoto/ZohoCrmPhoto.node') = require(
		path.join(PROJECT, 'dist/nodes/ZohoCrmPhoto/ZohoCrmPhoto.node.js'),
	);
	const credentialModule: typeof import('../../../credentials/ZohoCrmPhotoOAuth2Api.credentials') = require(
		path.join(PROJECT, 'dist/credentials/ZohoCrmPhotoOAuth2Api.credentials.js'),
	);

	const { description } = new nodeModule.ZohoCrmPhoto();
	const credential = new credentialModule.ZohoCrmPhotoOAuth2Api();
	const versions = [description.version].flat().map((version): [string, NodeVersion] => [
		String(version),
		{
			inputs: description.inputs.length,
			outputs: description.outputs.length,
			credentials: (description.credentials ?? []).map(({ name }) => name),
			parameters: parametersOf(description.properties.filter((property) => isOfVersion(property, version))),
		},
	]);
	return {
		release: manifest.version,
		node: { name: description.name, versions: Object.fromEntries(versions) },
		credential: {
			name: credential.name,
			extends: credential.extends,
			parameters: parametersOf(credential.properties),
		},
	};
}

/** n8n's light versioning: one description, whose parameters name the versions they are shown in. */
function isOfVersion({ displayOptions }: INodeProperties, version: number): boolean {
	const shown = displayOptions?.show?.['@version'];
	const hidden = displayOptions?.hide?.['@version'];
	return (!shown || checkConditions(shown, [version])) && !(hidden && checkConditions(hidden, [version]));
}

/** The parameters of a list, those within collections included. */
export function parametersOf(properties: INodeProperties[], parent = ''): Parameter[] {
	return properties.flatMap((property) => {
		const ownPath = parent + property.name;
		const own: Parameter = {
			path: ownPath,
			type: property.type,
			default: isComputed(property) ? COMPUTED : property.default,
			required: property.required ?? false,
			values: [...(property.options ?? []).filter(isChoice), ...(property.modes ?? [])].map((choice) =>
				'value' in choice ? choice.value : choice.name,
			),
			show: conditions(property.displayOptions?.show),
			hide: conditions(property.displayOptions?.hide),
		};
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return parametersOf(option.values, `${ownPath}.${option.name}.`);
			return isChoice(option) ? [] : parametersOf([option], `${ownPath}.`);
		});
		return [own, ...inner];
	});
}

/** Stands for the expression of a hidden parameter: n8n evaluates it at each use, so nothing stored depends on its words. */
const COMPUTED = 'computed by n8n at each use';

function isComputed({ type, default: given }: INodeProperties): boolean {
	return type === 'hidden' && typeof given === 'string' && given.startsWith('=');
}

type Option = NonNullable<INodeProperties['options']>[number];

/** A choice of an options list, as against a parameter or a group of parameters in a collection. */
function isChoice(option: Option): option is INodePropertyOptions {
	return 'value' in option;
}

function conditions(given: Conditions = {}): Conditions {
	return Object.fromEntries(Object.entries(given).filter(([name]) => name !== '@version'));
}
