import type { OpenPicture } from '../picture';
import { decode } from './decode';
import { colourDifferences } from './differences';
import { readHeader } from './frame';

/**
 * Opens a baseline, extended sequential or progressive JPEG (ITU-T T.81).
 * @param data the whole file
 * @throws Refused for the other kinds; Damaged for a header that breaks the standard
 */
export function openJpeg(data: Uint8Array): OpenPicture {
	const { frame, extras } = readHeader(data);
	const differences = colourDifferences(
		frame.components.map(({ id }) => id),
		extras,
	);
	return {
		width: frame.width,
		height: frame.height,
		colours: 'stored',
		planes: frame.components.map(({ id, h, v, width, height }, place) => {
			return { id, h, v, width, height, difference: differences.has(place) };
		}),
		hasAlpha: false,
		metadata: { segments: extras },
		rows: ({ planes }) => decode(data, frame, planes),
	};
}
