import { randomBytes } from 'node:crypto';

import type { CrmRecord } from './records.cts';
import type { UploadedFile } from './uploadedFiles.cts';

/** An image upload field of a module. */
export interface ImageField {
	apiName: string;
	label: string;
	/** Images it holds at most, 1 to 10 (`length` in the fields' metadata). */
	maximum: number;
}

/** An image that a record's field holds. */
export interface StoredImage {
	/** Its own id, by which it is downloaded and deleted. */
	id: string;
	/** Assumption: another one than that of the uploaded file, so that nothing can be recognised by it. */
	fileId: string;
	fileName: string;
	bytes: Buffer;
	size: number;
	/** Hex. */
	sha256: string;
	mimeType: string;
}

/** Image fields of the modules of the start. */
const startFields: Readonly<Record<string, readonly ImageField[]>> = {
	Leads: [
		{ apiName: 'House_Photos', label: 'Photos of the house', maximum: 10 },
		{ apiName: 'Door_Photos', label: 'Photos of the door', maximum: 3 },
	],
	Deals: [{ apiName: 'Damage', label: 'Damage', maximum: 5 }],
	Products: [
		{ apiName: 'Views', label: 'Views', maximum: 10 },
		{ apiName: 'Label_Photo', label: 'Label', maximum: 1 },
	],
	Pets: [{ apiName: 'Portraits', label: 'Portraits', maximum: 4 }],
};

/** The image upload fields of all modules, and what they hold. */
export class ImageFields {
	/** Updates that are answered with SUCCESS and change nothing, as one project saw Zoho do; counted down. */
	storesNothing = 0;
	private fields = new Map<string, ImageField[]>();
	private readonly held = new Map<string, StoredImage[]>();

	constructor() {
		this.clear();
	}

	/** The image fields of a module. */
	of(module: string): readonly ImageField[] {
		return this.fields.get(module) ?? [];
	}

	/** The image field with this API name. */
	find(module: string, apiName: string): ImageField | undefined {
		return this.of(module).find((field) => field.apiName === apiName);
	}

	/** Adds a field to a module, or changes one. */
	set(module: string, field: ImageField): void {
		this.fields.set(module, [...this.of(module).filter(({ apiName }) => apiName !== field.apiName), field]);
	}

	/** What a record's field holds, in its order. */
	images(module: string, recordId: string, field: string): readonly StoredImage[] {
		return this.held.get(keyOf(module, recordId, field)) ?? [];
	}

	/** Every image of every record. */
	all(): Array<{ module: string; recordId: string; field: string; images: readonly StoredImage[] }> {
		return [...this.held].map(([key, images]) => {
			const [module = '', recordId = '', field = ''] = key.split('/');
			return { module, recordId, field, images };
		});
	}

	/** Puts an uploaded file at the end of a field. */
	add({ module, id }: CrmRecord, field: string, file: UploadedFile, mimeType: string): StoredImage {
		const image: StoredImage = {
			id: `${id.slice(0, 7)}${String(randomBytes(5).readUIntBE(0, 5)).padStart(12, '0').slice(-12)}`,
			fileId: `3dde${randomBytes(28).toString('hex')}`,
			fileName: file.fileName,
			bytes: file.bytes,
			size: file.bytes.length,
			sha256: file.sha256,
			mimeType,
		};
		this.held.set(keyOf(module, id, field), [...this.images(module, id, field), image]);
		return image;
	}

	/** Takes an image out of a field. False when it is not there. */
	remove({ module, id }: CrmRecord, field: string, imageId: string): boolean {
		const images = this.images(module, id, field);
		const left = images.filter((image) => image.id !== imageId);
		this.held.set(keyOf(module, id, field), left);
		return left.length < images.length;
	}

	/**
	 * The field as a record gives it; null where it is empty. Assumption: `Sequence_Number__s` counts from 1 in the order of
	 * adding, and what comes behind a deleted image moves up.
	 */
	json(module: string, recordId: string, field: string): object[] | null {
		const images = this.images(module, recordId, field);
		if (images.length === 0) return null;
		return images.map((image, place) => ({
			Description__s: null,
			Preview_Id__s: `4eee${image.fileId.slice(4)}`,
			File_Name__s: image.fileName,
			State__s: 'uploaded',
			Size__s: String(image.size),
			Sequence_Number__s: place + 1,
			id: image.id,
			File_Id__s: image.fileId,
		}));
	}

	/** Back to the fields of the start, without images. */
	clear(): void {
		this.storesNothing = 0;
		this.fields = new Map(Object.entries(startFields).map(([module, fields]) => [module, [...fields]]));
		this.held.clear();
	}
}

function keyOf(module: string, recordId: string, field: string): string {
	return `${module}/${recordId}/${field}`;
}
