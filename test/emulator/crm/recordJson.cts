import type { ImageFields } from './imageFields.cts';
import type { CrmModule } from './modules.cts';
import type { CrmRecord } from './records.cts';

/** Zoho's form of a time: `2025-01-05T04:00:00+00:00`. */
export function zohoTime(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/**
 * A record as the records API gives it.
 * @param fields API names wanted; undefined gives all. Unknown names are left out (assumption).
 * @param imageFields left out: without what the record's image fields hold
 */
export function recordJson(
	record: CrmRecord,
	module: CrmModule,
	fields: readonly string[] | undefined,
	imageFields?: ImageFields,
): object {
	const all: Record<string, string | null | object> = {
		...Object.fromEntries(module.fields.map((name) => [name, record.fields[name] ?? null])),
		[module.displayField]: record.name,
		Created_Time: zohoTime(record.createdAt),
		Modified_Time: zohoTime(record.modifiedAt),
		Record_Image: record.recordImage,
		...Object.fromEntries(
			(imageFields?.of(module.apiName) ?? []).map(({ apiName }) => [
				apiName,
				imageFields?.json(module.apiName, record.id, apiName) ?? null,
			]),
		),
	};
	const wanted = fields ?? Object.keys(all);
	return Object.fromEntries([
		...wanted.filter((name) => Object.hasOwn(all, name)).map((name) => [name, all[name]]),
		['id', record.id],
	]);
}
