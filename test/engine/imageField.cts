import type { InputItem } from './harness/engine.cts';
import { numberedPhoto } from './photos.cts';
import { byItem, type PhotoNodeSettings, type PhotoRun, type Stage } from './stage.cts';

/** Binary fields and the photos in them. */
export type Files = Record<string, Buffer>;

/** An item for the record `id` with files in its binary fields, each named after its field. */
export function imageItem(id: string, files: Files): InputItem {
	const binary = Object.entries(files).map(([field, data]) => [field, { data, fileName: `${field}.png` }]);
	return { json: { id }, binary: Object.fromEntries(binary) };
}

/** Photos under the names of binary fields, each different from the others. */
export function numbered(...fields: string[]): Files {
	return Object.fromEntries(fields.map((field, n) => [field, numberedPhoto(n + 1)]));
}

/** What the tests of image fields do on a stage. */
export class ImageStage {
	constructor(private readonly stage: Stage) {}

	/** Runs one operation on the image field of each item's record. */
	async run(
		operation: 'upload' | 'download' | 'delete',
		items: InputItem[],
		parameters: object = {},
		node: PhotoNodeSettings = {},
		more: Parameters<Stage['run']>[2] = {},
	): Promise<PhotoRun> {
		const { zoho } = this.stage;
		return await this.stage.run(
			items,
			{
				parameters: byItem({
					resource: 'imageField',
					operation,
					imageField: { __rl: true, mode: 'name', value: 'House_Photos' },
					...parameters,
				}),
				onError: 'continueErrorOutput',
				...node,
			},
			{ credential: zoho.connect({ imageFields: true }), ...more },
		);
	}

	/** Puts files into the field of a record beforehand, and forgets the calls. */
	async fill(id: string, files: Files): Promise<void> {
		await this.run('upload', [imageItem(id, files)], { binaryPropertyName: Object.keys(files).join(',') });
		this.stage.zoho.clearLog();
	}

	/** Names of the images that a field holds, in its order. */
	names(id: string, field = 'House_Photos'): string[] {
		return this.stage.zoho.imageFields.images('Leads', id, field).map(({ fileName }) => fileName);
	}

	/** The calls to Zoho in short, e.g. `PUT /Leads/1`. */
	called(): string[] {
		return this.stage.zoho.calls.map(({ method, path }) => `${method} ${path.replace('/crm/v8', '')}`);
	}
}
