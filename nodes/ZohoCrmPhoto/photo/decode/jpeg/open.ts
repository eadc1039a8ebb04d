import type { Work } from '../../work';
import type { Decodable, OpenPicture } from '../picture';
import type { Halvings } from './blockTransform';
import { decode, readCodedData } from './decode';
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
	// A name that comes twice tells nothing: position counts.
	const areNamed = new Set(frame.components.map(({ id }) => id)).size === frame.components.length;
	const atSize = (halvings: Halvings): Decodable => ({
		planes: frame.components.map(({ id, h, v, width, height }, place) => ({
			...{ id: areNamed ? id : place + 1, h, v, difference: differences.has(place) },
			...{ width: Math.ceil(width / (1 << halvings)), height: Math.ceil(height / (1 << halvings)) },
		})),
		rows: ({ planes }) => decode(data, frame, planes, halvings),
	});
	return {
		width: frame.width,
		height: frame.height,
		colours: 'stored',
		...atSize(0),
		hasAlpha: false,
		metadata: { segments: extras },
		halved: atSize,
	};
}

/** Whether a JPEG is progressive; not, where its header cannot be read. @param data the whole file */
export function isProgressiveJpeg(data: Uint8Array): boolean {
	try {
		return readHeader(data).frame.progressive;
	} catch {
		return false;
	}
}

/**
 * Looks whether every row of a JPEG is there, by its coded data alone; nothing behind it matters.
 * @param data the whole file
 * @returns where the coded data ends, in bytes
 * @throws Damaged where it ends early or makes no sense; Refused for the kinds that are not decoded
 */
export function* provenJpeg(data: Uint8Array): Work<number> {
	return yield* readCodedData(data, readHeader(data).frame);
}
