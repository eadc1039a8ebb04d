import { refused, type Failure, type Outcome } from '../outcome';
import { binaryFieldsOf } from '../parameters/imageField';
import { invalidParameter } from '../parameters/invalidParameter';
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
	const source: unknown = context.getNodeParameter('photoSource', item, 'binary');
	if (source === 'binary') {
		const fields = binaryFieldsOf(context.getNodeParameter('binaryPropertyName', item, 'data'));
		return {
			ok: true,
			value: fields.map((field) => ({
				load: async (room) => await fileFromBinary(context, item, field, refuseSize, room),
				named: (failure) =>
					fields.length === 1 || typeof field !== 'string'
						? failure
						: { ...failure, message: `Binary field '${quoted(field, 60)}': ${failure.message}` },
			})),
		};
	}
	if (source !== 'url') {
		return refused(invalidParameter('parameter', 'Photo Source', source, 'Input Binary Field or URL'));
	}
	const url: unknown = context.getNodeParameter('photoUrl', item, '');
	if (typeof url !== 'string' && url !== undefined && url !== null) {
		return refused(invalidParameter('parameter', 'Photo URL', url, 'the address of an image file, as text'));
	}
	return {
		ok: true,
		value: [
			{
				load: async (room) => await fileFromUrl(context, url ?? '', settings, refuseSize, room),
				named: (failure) => failure,
			},
		],
	};
}
