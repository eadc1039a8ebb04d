import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { done, type Outcome } from '../../outcome';
import { jsonOf, shownIn } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import { isApiName } from '../identifiers';

/** A module whose records can have a photo. */
export interface PhotoModule {
	apiName: string;
	/** The plural label of the org, which an administrator may have changed (Leads may be called Prospects). */
	label: string;
}

/** Modules that Zoho's upload page names (v5 to v8); custom modules come on top. */
const DOCUMENTED = ['Accounts', 'Contacts', 'Deals', 'Leads', 'Products', 'Vendors'];

/** Modules that have no photo. One of them in an answer shows that Zoho did not look at the feature filter. */
const WITHOUT_PHOTO = ['Calls', 'Events', 'Tasks', 'Notes', 'Attachments'];

/**
 * The org's modules that can hold photos, by label.
 *
 * Zoho documents a filter (`feature_name=record_image`) that nobody has been seen to use, so its answer is taken only if it
 * looks filtered; else the documented modules and the custom ones are. Without the scope ZohoCRM.settings.modules.READ, or the
 * permission to read settings, the documented modules alone are given, so that the list is no dead end.
 */
export async function photoModules(zoho: ZohoClient, settings: CallSettings): Promise<Outcome<PhotoModule[]>> {
	const byFeature = await settingsModules(zoho, settings, { feature_name: 'record_image' });
	if (byFeature.ok && isFiltered(byFeature.value))
		return done(byFeature.value.filter(isUsable).map(toModule).sort(byLabel));
	if (isNotAllowed(byFeature)) return done(documented());
	// Only of a filter that Zoho does not take can it be hoped that the same call without it fares better.
	if (!byFeature.ok && byFeature.failure.httpStatus !== 400) return byFeature;
	const all = await settingsModules(zoho, settings, {});
	if (isNotAllowed(all)) return done(documented());
	if (!all.ok) return all;
	return done(all.value.filter(isUsable).filter(isDocumentedOrCustom).map(toModule).sort(byLabel));
}

/** Whether the account may not read the org's settings, for want of a scope or of a permission. */
function isNotAllowed(modules: Outcome<unknown>): boolean {
	return (
		!modules.ok && ['OAUTH_SCOPE_MISMATCH', 'NO_PERMISSION', 'AUTHORIZATION_FAILED'].includes(modules.failure.code)
	);
}

function documented(): PhotoModule[] {
	return DOCUMENTED.map((apiName) => ({ apiName, label: apiName }));
}

async function settingsModules(
	zoho: ZohoClient,
	settings: CallSettings,
	query: IDataObject,
): Promise<Outcome<IDataObject[]>> {
	const answer = await zoho.send({
		...settings,
		task: 'listModules',
		address: { module: '', recordId: '' },
		method: 'GET',
		path: '/settings/modules',
		query,
		expects: 'json',
	});
	if (!answer.ok) return answer;
	const modules: unknown = jsonOf(answer.value)?.modules;
	return done(
		(Array.isArray(modules) ? modules.filter(isRecord) : []).map((module) => ({
			...module,
			plural_label: shownIn(answer.value, module.plural_label),
		})),
	);
}

function isFiltered(modules: IDataObject[]): boolean {
	return modules.length > 0 && !modules.some((module) => WITHOUT_PHOTO.includes(textOf(module.api_name)));
}

/** Leaves out what Zoho lists besides real modules: hidden ones, and those made for file fields and subforms. */
function isUsable(module: IDataObject): boolean {
	const kind = textOf(module.generated_type);
	const status = textOf(module.status);
	return (
		isApiName(textOf(module.api_name)) &&
		module.api_supported !== false &&
		module.viewable !== false &&
		(kind === '' || kind === 'default' || kind === 'custom') &&
		(status === '' || status === 'visible')
	);
}

function isDocumentedOrCustom(module: IDataObject): boolean {
	return module.generated_type === 'custom' || DOCUMENTED.includes(textOf(module.api_name));
}

function toModule(module: IDataObject): PhotoModule {
	const apiName = textOf(module.api_name);
	return { apiName, label: textOf(module.plural_label) || apiName };
}

function byLabel(one: PhotoModule, other: PhotoModule): number {
	return one.label.localeCompare(other.label);
}
