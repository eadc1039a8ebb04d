import { done, type Failure, type Outcome } from '../outcome';
import { binaryFieldsOf } from '../parameters/imageField';
import { readPhotoSource } from '../parameters/photoSource';
import { fileFromBinary } from '../source/binary';
import type { Room, SourceFile } from '../source/file';
import { fileFromUrl } from '../source/url';
import { quoted } from '../text';
import { refuseSizeOf } from './fittingPhoto';
import type { Job } from './operation';

/** Where one image of an item comes from. */
export interface ImageSource {
	/** Loads the file, as often as it is wanted. */
	load(room: Room): Promise<Outcome<SourceFile>>;
	/** A failure of this image, in words that say which of several it is. */
	named(failure: Failure): Failure;
}

/** The images of an item, in their order; nothing is loaded yet. */
export function imageSources({ context, item, settings }: Job): Outcome<ImageSource[]> {
	const refuseSize = refuseSizeOf(settings);
	const source = readPhotoSource(context, item);
	if (!source.ok) return source;
	if (source.value.from === 'binary') {
		const fields = binaryFieldsOf(source.value.field);
		return done(
			fields.map((field) => ({
				load: async (room) => await fileFromBinary(context, item, field, refuseSize, room),
				named: (failure) =>
					fields.length === 1 || typeof field !== 'string'
						? failure
						: { ...failure, message: `${fieldAndFile(field, failure)}: ${failure.message}` },
			})),
		);
	}
	const { url } = source.value;
	return done([
		{
			load: async (room) => await fileFromUrl(context, url, settings, refuseSize, room),
			named: (failure) => failure,
		},
	]);
}

/** The binary field by its name, and by the file's where it has one: a form's visitor knows only that. */
function fieldAndFile(field: string, { fileName = '' }: Failure): string {
	const file = fileName === '' ? '' : ` ('${quoted(fileName, 60)}')`;
	return `Binary field '${quoted(field, 60)}'${file}`;
}
