import { readFileSync } from 'node:fs';
import path from 'node:path';

import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { corpusPhoto, numberedPhoto } from '../engine/photos.cts';
import { execution, UPLOADED, withFile, zohoAnswer, type ExecutionSetup } from '../run/execution.cts';

const FOLDER = path.join(__dirname, '../../nodes/ZohoCrmPhoto/__schema__/v1.0.0/photo');

/** Every value in a JSON object by its path, with its type, e.g. `photo.width: number`. */
function pathsOf(json: object, before = ''): string[] {
	return Object.entries(json).flatMap(([key, value]: [string, unknown]) =>
		typeof value === 'object' && value !== null
			? [`${before}${key}: object`, ...pathsOf(value, `${before}${key}.`)]
			: [`${before}${key}: ${typeof value}`],
	);
}

/** The same of a schema. */
function declaredIn(schema: unknown, before = ''): string[] {
	const properties: unknown = Object(Object(schema).properties);
	return Object.entries(Object(properties)).flatMap(([key, value]) => [
		`${before}${key}: ${String(Object(value).type)}`,
		...declaredIn(value, `${before}${key}.`),
	]);
}

function schemaOf(operation: string): string[] {
	return declaredIn(JSON.parse(readFileSync(path.join(FOLDER, `${operation}.json`), 'utf8')));
}

async function outputOf(setup: ExecutionSetup): Promise<object[]> {
	const { context } = execution({ answer: () => UPLOADED, ...setup });
	return (await runItems(context)).map(({ json }) => json);
}

/** Each kind of item that an operation gives. */
const OUTPUTS: Record<string, () => Promise<object[]>> = {
	upload: async () => [
		...(await outputOf({ items: [withFile('1', numberedPhoto(1))] })),
		...(await outputOf({
			items: [withFile('1', corpusPhoto('baseline.jpg'))],
			parameters: { options: { largestSide: 20 } },
		})),
		...(await outputOf({
			items: [
				{ json: { id: '1' }, binary: { scan: { mimeType: 'image/png', data: numberedPhoto(1).toString('base64') } } },
			],
		})),
		...(await outputOf({
			items: [withFile('1', numberedPhoto(1))],
			parameters: { options: { existingPhoto: 'keep' } },
			answer: () => zohoAnswer(200, { data: [{ id: '1', Record_Image: 'x' }] }),
		})),
	],
	download: async () => [
		...(await outputOf({
			items: [{ json: { id: '1' } }],
			parameters: { operation: 'download' },
			answer: () => zohoAnswer(200, numberedPhoto(1), { 'content-type': 'image/png' }),
			helpers: { prepareBinaryData: async () => ({ data: '', mimeType: 'image/png' }) },
		})),
		...(await outputOf({
			items: [{ json: { id: '1' } }],
			parameters: { operation: 'download' },
			answer: () => zohoAnswer(204, Buffer.alloc(0)),
		})),
	],
	delete: async () =>
		await outputOf({
			items: [{ json: { id: '1' } }],
			parameters: { operation: 'delete' },
			answer: () => zohoAnswer(200, { code: 'SUCCESS', details: {}, message: 'Photo deleted', status: 'success' }),
		}),
};

it.each(Object.keys(OUTPUTS))(
	'the schema of %s declares all that comes out, in that order, and nothing else',
	async (operation) => {
		const outputs = (await OUTPUTS[operation]?.()) ?? [];
		expect(outputs.length).toBeGreaterThan(0);
		const declared = schemaOf(operation);
		const seen = new Set<string>();
		for (const json of outputs) {
			expect(json).not.toHaveProperty('error');
			const paths = pathsOf(json);
			expect(declared).toEqual(expect.arrayContaining(paths));
			expect(declared.filter((one) => paths.includes(one))).toEqual(paths);
			for (const one of paths) seen.add(one);
		}
		expect([...seen].sort()).toEqual([...declared].sort());
	},
);

it('shows the item of a record that kept its photo, and one whose file was found', async () => {
	const [, , found, kept] = (await OUTPUTS.upload?.()) ?? [];
	expect(found).toMatchObject({ photo: { binaryField: 'scan' } });
	expect(kept).toMatchObject({ code: 'SKIPPED', status: 'skipped' });
});
