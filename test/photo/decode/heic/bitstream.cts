import { configurationOf } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/codedItem';
import { HeifFile } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/container/heif';
import type { Plane } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/hevc/codedPicture';
import { HevcDecoder } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/hevc/decoder';
import { splitNalUnits } from '../../../../nodes/ZohoCrmPhoto/photo/decode/heic/hevc/nalUnits';
import { isDamaged, isRefused } from '../../../../nodes/ZohoCrmPhoto/photo/decode/refusal';
import { finished } from '../samples.cts';

/** The NAL units of one picture. */
export interface Bitstream {
	parameterSets: readonly Uint8Array[];
	slices: readonly Uint8Array[];
}

/** The bitstream of the primary item of a file. */
export function bitstreamOf(file: Buffer): Bitstream {
	const heif = new HeifFile(file);
	const { units, lengthSize } = configurationOf(heif, heif.primary);
	return { parameterSets: units, slices: splitNalUnits(heif.bytesOf(heif.primary), lengthSize) };
}

/** A bitstream as programs read it from a file (ITU-T H.265, annex B). */
export function withStartCodes({ parameterSets, slices }: Bitstream): Buffer {
	return Buffer.concat([...parameterSets, ...slices].flatMap((unit) => [Buffer.of(0, 0, 0, 1), unit]));
}

/**
 * Decodes a bitstream.
 * @param decoder that has its parameter sets
 * @returns the planes one after the other, with all bits of their samples: where any has more than 8, two bytes each, the lower first
 * @throws what decoding throws
 */
export function samplesOf({ parameterSets, slices }: Bitstream, decoder = new HevcDecoder(parameterSets)): Buffer {
	const { planes, sps } = decoder.picture;
	const { width, height, crop } = sps;
	const shownHeight = height - crop.top - crop.bottom;
	const shownWidth = width - crop.left - crop.right;
	const size = planes.some(({ depth }) => depth > 8) ? 2 : 1;
	const rows = planes.map((): Buffer[] => []);
	decoder.begin(slices);
	for (let y = 0; y < shownHeight; y++) {
		finished(decoder.reach(y));
		planes.forEach((plane, i) => {
			if (y % (1 << plane.shiftY) !== 0) return;
			rows[i]?.push(rowOf(plane, crop.left, y + crop.top, shownWidth, size));
		});
	}
	return Buffer.concat(rows.flat());
}

/** What becomes of a bitstream: 'a picture', or why it is refused. @throws what is no refusal */
export function endOf(stream: Bitstream): string {
	try {
		samplesOf(stream);
	} catch (fault) {
		if (isDamaged(fault) || isRefused(fault)) return fault.message;
		throw fault;
	}
	return 'a picture';
}

/** @param left in luma samples, as are `y` and `width` */
function rowOf(plane: Plane, left: number, y: number, width: number, size: number): Buffer {
	const { samples, stride, origin, shiftX, shiftY } = plane;
	const from = (y >> shiftY) * stride + (left >> shiftX) - origin;
	const row = samples.slice(from, from + (width >> shiftX));
	return size === 1 ? Buffer.from(row) : Buffer.from(row.buffer);
}
