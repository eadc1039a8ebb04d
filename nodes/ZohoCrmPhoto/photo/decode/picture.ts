import type { Segment } from '../formats/jpegSegments';
import type { Work } from '../work';

/** Takes the rows of one plane of samples, from the top. */
export interface RowSink {
	/** What one row costs, in the unit of `Work`. */
	workPerRow: number;
	/** @param at where in `samples` the row begins; it is only there during the call */
	take(samples: Uint8ClampedArray, at: number): void;
}

/** One plane of a picture: the samples of one colour, or of brightness or a colour difference. */
export interface PlaneShape {
	/** The identifier that a JPEG has for it (1, 2, 3 in JFIF): some readers tell the colours by it. */
	id: number;
	/** Samples in a row relative to the other planes, 1 to 4; all 1 in a picture of red, green and blue. */
	h: number;
	/** Samples in a column relative to the other planes, 1 to 4. */
	v: number;
	/** Whether it is a colour difference, to which the eye is less keen. */
	difference: boolean;
	/** Size in samples: the picture's, times h / the largest h (v), rounded up. */
	width: number;
	height: number;
}

/** What stands beside the samples and belongs to the picture. */
export interface Metadata {
	/** A TIFF structure as Exif 2.32 has it, without `Exif\0\0`; its orientation is the picture's. */
	exif?: Uint8Array | undefined;
	/** A colour profile (ICC.1), whole. */
	icc?: Uint8Array | undefined;
	/** An XMP packet in UTF-8. */
	xmp?: Uint8Array | undefined;
	/** Whether the planes hold the ink left out of cyan, magenta, yellow and black, as Adobe's JPEGs do. */
	isInkLeftOut?: boolean;
	/** In place of these, for a JPEG: its application and comment segments, in the file's order. */
	segments?: readonly Pick<Segment, 'marker' | 'body'>[];
}

/** Where the rows go: a sink for each plane, and one for the alpha of a picture that has it. */
export interface RowSinks {
	planes: readonly RowSink[];
	alpha?: RowSink;
}

/** What is decoded into sinks. */
export interface Decodable {
	planes: readonly PlaneShape[];
	/**
	 * Decodes the picture, strip by strip, each plane's rows from the top. Where there is alpha, a row of it comes before the
	 * same row of the other planes.
	 * @param sinks as many as there are planes, and one for alpha if there is some
	 * @returns when every sink has every row of its plane
	 */
	rows(sinks: RowSinks): Work<void>;
}

/**
 * A picture that a decoder has opened: its header is read, its samples are not.
 *
 * A decoder is a function from a file's bytes to this. It refuses by throwing (`./refusal`): `damaged` for data that breaks
 * its standard or ends early, `tooLarge` for what it does not take on.
 */
export interface OpenPicture extends Decodable {
	/** Size in pixels as stored, before any turning by the orientation. */
	width: number;
	height: number;
	/**
	 * `stored`: the planes go into a JPEG as they are: grey, brightness with colour differences (full range, ITU-R BT.601), inks,
	 * or whatever the segments of a JPEG say of them. `rgb`: three planes of red, green and blue.
	 */
	colours: 'stored' | 'rgb';
	/** Whether there is a plane of alpha (255 is opaque), as large as the picture, as all others then are, too; colours are not multiplied by it. */
	hasAlpha: boolean;
	metadata: Metadata;
	/**
	 * The same picture with half, a quarter or an eighth of the samples each way (planes are rounded up, and a sample is still as
	 * many pixels wide), where a decoder makes these in less time than all.
	 */
	halved?(halvings: 1 | 2 | 3): Decodable;
}

/** Opens a picture whose header is read in one go: takes the whole file, and throws as {@link OpenPicture} says. */
export type PictureOpener = (data: Uint8Array) => OpenPicture;

/** The planes of a picture in red, green and blue, or in grey: each as large as the picture. */
export function wholePlanes(count: 1 | 3, width: number, height: number): PlaneShape[] {
	return Array.from({ length: count }, (_, i) => ({ id: i + 1, h: 1, v: 1, difference: false, width, height }));
}
