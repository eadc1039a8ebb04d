import { isRecord, textOf } from '../../json';
import { done, refused, type Outcome } from '../../outcome';
import { jsonOf, shownIn } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import { isApiName } from '../identifiers';
import { noSuchImageField } from './imageFieldRefusals';

/** An image upload field of a module. */
export interface ImageField {
	apiName: string;
	label: string;
	/** Images that it holds at most; undefined where Zoho does not say. */
	most: number | undefined;
}

/** By run: what Zoho told of each module's fields. A run's client is its own, and takes this along when it goes. */
const TOLD = new WeakMap<ZohoClient, Map<string, Promise<Outcome<ImageField[]>>>>();

/**
 * The image upload fields of a module ("Fields Metadata", `data_type: imageupload`, `length`: how many images it holds).
 *
 * @param module API name of the module
 */
export async function imageFields(
	zoho: ZohoClient,
	module: string,
	settings: CallSettings,
): Promise<Outcome<ImageField[]>> {
	const answer = await zoho.send({
		...settings,
		task: 'listFields',
		address: { module, recordId: '' },
		method: 'GET',
		path: '/settings/fields',
		query: { module },
		expects: 'json',
	});
	if (!answer.ok) return answer;
	const fields: unknown = jsonOf(answer.value)?.fields;
	return done(
		(Array.isArray(fields) ? fields.filter(isRecord) : [])
			.filter(({ data_type }) => data_type === 'imageupload')
			.map(({ api_name, field_label, length }) => {
				const apiName = textOf(api_name);
				return { apiName, label: shownIn(answer.value, field_label) || apiName, most: numberOf(length) };
			})
			.filter(({ apiName }) => isApiName(apiName)),
	);
}

/**
 * The image field that an item names, asked for once for each module of a run.
 *
 * @returns IMAGE_FIELD_NOT_FOUND where the module has none of this name. A user who may not read the org's settings is no
 * reason to stop: what the field holds at most is not known then.
 */
export async function imageFieldNamed(
	zoho: ZohoClient,
	module: string,
	apiName: string,
	settings: CallSettings,
): Promise<Outcome<ImageField>> {
	const modules = TOLD.get(zoho) ?? new Map<string, Promise<Outcome<ImageField[]>>>();
	TOLD.set(zoho, modules);
	const others = modules.get(module);
	const asked = others ?? imageFields(zoho, module, settings);
	modules.set(module, asked);
	const told = await asked;
	if (!told.ok) {
		modules.delete(module);
		// Only the item that asked was tried.
		const stop = zoho.stopFor(module, 'listFields');
		if (others !== undefined && stop !== undefined) return refused(stop);
		const isHidden = ['NO_PERMISSION', 'AUTHORIZATION_FAILED'].includes(told.failure.code);
		return isHidden ? done({ apiName, label: apiName, most: undefined }) : told;
	}
	const found = told.value.find((field) => field.apiName === apiName);
	return found === undefined ? refused(noSuchImageField(module, apiName, told.value)) : done(found);
}

function numberOf(length: unknown): number | undefined {
	const most = Number(length);
	return Number.isInteger(most) && most > 0 ? most : undefined;
}
