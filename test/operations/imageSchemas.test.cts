import { readFileSync } from 'node:fs';
import path from 'node:path';

import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { corpusPhoto } from '../engine/photos.cts';
import { execution, withFile } from '../run/execution.cts';
import { FieldOfZoho } from './fieldOfZoho.cts';

const FOLDER = path.join(__dirname, '../../nodes/ZohoCrmPhoto/__schema__/v1.0.0/imageField');

/** Images are deleted one by one, so that some are left. */
const FIRST = { whichImages: 'numbers', imageNumbers: '1' };

/** Every value in a JSON value by its path, with its type, e.g. `images[].id: string`. */
function pathsOf(value: unknown, before: string): string[] {
	if (Array.isArray(value)) return [`${before}: array`, ...value.flatMap((one) => pathsOf(one, `${before}[]`))];
	if (typeof value !== 'object' || value === null) return [`${before}: ${typeof value}`];
	return [`${before}: object`, ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, `${before}.${key}`))];
}

/** The same of a schema. */
function declaredIn(schema: unknown, before: string): string[] {
	const { type, properties, items } = Object(schema);
	return [
		`${before}: ${String(type)}`,
		...(items === undefined ? [] : declaredIn(items, `${before}[]`)),
		...Object.entries(Object(properties)).flatMap(([key, one]) => declaredIn(one, `${before}.${key}`)),
	];
}

it.each(['upload', 'download', 'delete'])('the schema of %s declares all that comes out', async (operation) => {
	const zoho = new FieldOfZoho();
	zoho.hold('one.png');
	zoho.hold('two.png');
	const declared = declaredIn(JSON.parse(readFileSync(path.join(FOLDER, `${operation}.json`), 'utf8')), '');
	const seen = new Set<string>();
	for (const options of [{ existing: 'keep' }, { largestSide: 20 }, {}]) {
		const { context } = execution({
			items: [withFile('7', corpusPhoto('baseline.jpg'))],
			parameters: { resource: 'imageField', operation, imageField: 'Views', options, ...FIRST },
			answer: zoho.answer,
			helpers: { prepareBinaryData: async () => ({ data: '', mimeType: 'image/png' }) },
		});
		const [item] = await runItems(context);
		expect(item?.json).not.toHaveProperty('error');
		for (const one of pathsOf(item?.json, '')) seen.add(one);
	}
	// Of a download only what is no picture was given here, and Zoho's details are its own affair.
	const isKnown = (one: string): boolean => /\.details\.|\.(width|height|message): /.test(one);
	expect([...seen].filter((one) => !declared.includes(one) && !isKnown(one))).toEqual([]);
	expect(declared.filter((one) => !seen.has(one) && !isKnown(one))).toEqual([]);
});
