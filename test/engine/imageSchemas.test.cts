import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ImageStage, imageItem, numbered } from './imageField.cts';
import { CORES, startStageOn, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(60_000);

const FOLDER = path.join(__dirname, '../../nodes/ZohoCrmPhoto/__schema__/v1.0.0/imageField');

interface Schema {
	type?: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** What a value has that its schema does not say, by path; its keys in another order than the schema's count as well. */
function unsaid(value: unknown, schema: Schema | undefined, at: string): string[] {
	if (schema?.type === undefined) return [`${at}: not declared`];
	if (Array.isArray(value)) {
		if (schema.type !== 'array') return [`${at}: a list`];
		return value.flatMap((one, n) => unsaid(one, schema.items, `${at}[${n}]`));
	}
	if (typeof value !== 'object' || value === null)
		return typeof value === schema.type ? [] : [`${at}: ${typeof value}`];
	const declared = Object.keys(schema.properties ?? {});
	// Zoho's details differ by what was done.
	if (declared.length === 0) return [];
	const keys = Object.keys(value);
	const isInOrder = declared.filter((key) => keys.includes(key)).join() === keys.join();
	return [
		...(isInOrder ? [] : [`${at}: ${keys.join()}`]),
		...Object.entries(value).flatMap(([key, one]) => unsaid(one, schema.properties?.[key], `${at}.${key}`)),
	];
}

describe.each(CORES)('The output schemas of image fields, on n8n-core %s', (core) => {
	let stage: Stage;
	let images: ImageStage;

	beforeAll(async () => {
		stage = await startStageOn(core);
		images = new ImageStage(stage);
	}, 180_000);
	afterAll(async () => await stage.close());

	it.each(['upload', 'download', 'delete'] as const)(
		'%s: all that comes out is declared, in that order',
		async (operation) => {
			const schema: Schema = JSON.parse(readFileSync(path.join(FOLDER, `${operation}.json`), 'utf8'));
			const [full, empty] = [stage.zoho.records.add('Leads'), stage.zoho.records.add('Leads')];
			await images.fill(full, numbered('data'));
			const items = [imageItem(full, numbered('data')), imageItem(empty, numbered('data'))];
			const { success } = await images.run(
				operation,
				items,
				operation === 'upload' ? { options: { existing: 'keep' } } : {},
			);
			expect(success).toHaveLength(2);
			for (const { json } of success) expect(unsaid(json, schema, operation)).toEqual([]);
			const seen = new Set(success.flatMap(({ json }) => Object.keys(json)));
			expect([...seen].sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
		},
	);
});
