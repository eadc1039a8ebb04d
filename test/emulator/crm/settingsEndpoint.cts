import { isGranted, settingsScopes } from '../accounts/scopes.cts';
import { type Answer, emptyAnswer, jsonAnswer } from '../network/answer.cts';
import type { ApiCall } from './apiCall.cts';
import { errorAnswer, invalidParameter, zohoErrors } from './errors.cts';
import type { ImageFields } from './imageFields.cts';
import type { CrmModule, Modules } from './modules.cts';
import type { Org } from './orgs.cts';

const visibilities = { visible: 1, user_hidden: 0, system_hidden: -1 } as const;

/** `GET /crm/{version}/settings/modules` and `GET /crm/{version}/settings/fields?module=`. */
export class SettingsEndpoint {
	constructor(
		private readonly modules: Modules,
		private readonly imageFields: ImageFields,
	) {}

	/** Answers the list of modules, as the modules page's sample shows it. */
	moduleList(api: ApiCall): Answer {
		if (!isGranted(api.token.scopes, settingsScopes('modules'))) return errorAnswer(zohoErrors.scopeMismatch);
		const query = api.url.searchParams;
		const feature = query.get('feature_name');
		const statuses = query.get('status')?.split(',');
		if (feature === '' || (feature !== null && this.modules.featureFilter === 'refused')) {
			return errorAnswer(invalidParameter('feature_name'));
		}
		// Assumption: an unknown feature is refused, and versions before v8 do not know the parameter and ignore it.
		const filters = feature !== null && api.version === 'v8' && this.modules.featureFilter === 'works';
		if (filters && feature !== 'record_image') return errorAnswer(invalidParameter('feature_name'));
		const shown = this.modules
			.all()
			.filter((module) => !filters || module.photos)
			.filter((module) => !statuses || statuses.includes(module.status));
		if (shown.length === 0) return emptyAnswer(204);
		return jsonAnswer(200, { modules: shown.map((module) => this.moduleJson(module, api.token.org)) });
	}

	/** Answers the fields of a module; `Record_Image` is there when its records can have a photo (fields page). */
	fieldList(api: ApiCall): Answer {
		if (!isGranted(api.token.scopes, settingsScopes('fields'))) return errorAnswer(zohoErrors.scopeMismatch);
		const name = api.url.searchParams.get('module');
		if (name === null) {
			return errorAnswer({
				status: 400,
				code: 'REQUIRED_PARAM_MISSING',
				message: 'One of the expected parameter is missing',
				details: { param_name: 'module' },
			});
		}
		const module = this.modules.find(name);
		if (!module) return errorAnswer(zohoErrors.unknownModule);
		if (!module.apiSupported) return errorAnswer(zohoErrors.unsupportedModule);
		const texts = [module.displayField, ...module.fields.filter((field) => field !== module.displayField)];
		const fields: object[] = texts.map((field, place) => ({
			id: `${api.token.org.idPrefix}00000000${String(2000 + place)}`,
			api_name: field,
			field_label: field.replace(/_/g, ' '),
			data_type: field === 'Email' ? 'email' : field === 'Phone' ? 'phone' : 'text',
			json_type: 'string',
			length: 255,
			custom_field: module.generatedType === 'custom' && place > 0,
			display_field: place === 0,
			searchable: true,
			sortable: true,
		}));
		if (module.photos) {
			fields.push({
				id: `${api.token.org.idPrefix}000000002999`,
				api_name: 'Record_Image',
				field_label: `${module.singularLabel} Image`,
				data_type: 'profileimage',
				json_type: 'string',
				ui_type: 66,
				length: 255,
				custom_field: false,
				created_source: 'default',
				display_type: -1,
				display_field: false,
				searchable: false,
				sortable: false,
				filterable: false,
				customizable_properties: ['image_enable', 'add_to_other_layouts'],
			});
		}
		this.imageFields.of(name).forEach(({ apiName, label, maximum }, place) => {
			// As the fields page shows one: `length` is how many images it holds.
			fields.push({
				id: `${api.token.org.idPrefix}00000000${String(3000 + place)}`,
				api_name: apiName,
				field_label: label,
				data_type: 'imageupload',
				json_type: 'jsonarray',
				length: maximum,
				custom_field: true,
				mass_update: false,
				display_field: false,
				searchable: false,
				sortable: false,
				filterable: false,
			});
		});
		return jsonAnswer(200, { fields });
	}

	private moduleJson(module: CrmModule, org: Org): object {
		const place = this.modules.all().indexOf(module);
		const isUsable = module.apiSupported && module.generatedType !== 'subform';
		return {
			id: `${org.idPrefix}00000000${String(1000 + place)}`,
			api_name: module.apiName,
			module_name: module.moduleName,
			singular_label: module.singularLabel,
			plural_label: module.pluralLabel,
			actual_singular_label: module.singularLabel,
			actual_plural_label: module.pluralLabel,
			generated_type: module.generatedType,
			api_supported: module.apiSupported,
			status: module.status,
			visibility: visibilities[module.status],
			visible: module.status === 'visible',
			show_as_tab: module.status === 'visible' && module.generatedType !== 'subform',
			creatable: isUsable,
			editable: isUsable,
			deletable: isUsable,
			viewable: module.status === 'visible',
			access_type: 'org_based',
			parent_module: {},
			sequence_number: place + 1,
			modified_time: null,
			modified_by: null,
			profiles: [{ id: `${org.idPrefix}000000026011`, name: 'Administrator' }],
		};
	}
}
