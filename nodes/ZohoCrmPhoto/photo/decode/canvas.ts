import type { Work } from '../work';
import { wholePlanes, type OpenPicture, type RowSink, type RowSinks } from './picture';
import { damaged } from './refusal';

/** Puts rows into wider ones, at a place, with nothing around them. */
class PlacedRows implements RowSink {
	readonly row: Uint8ClampedArray;

	constructor(
		private readonly next: RowSink,
		width: number,
		private readonly x: number,
		private readonly taken: number,
	) {
		this.row = new Uint8ClampedArray(width);
	}

	get workPerRow(): number {
		return this.next.workPerRow;
	}

	take(samples: Uint8ClampedArray, at: number): void {
		this.row.set(samples.subarray(at, at + this.taken), this.x);
		this.next.take(this.row, 0);
	}
}

/**
 * The first picture of an animation on its canvas, which can be seen through around it.
 * @param picture of red, green and blue
 * @param canvas its size in pixels
 * @param x where on the canvas the picture stands, and `y`
 * @throws Damaged where it reaches beyond the canvas
 */
export function onCanvas(
	picture: OpenPicture,
	canvas: { width: number; height: number },
	x: number,
	y: number,
): OpenPicture {
	const { width, height } = canvas;
	if (x + picture.width > width || y + picture.height > height) throw damaged('its first picture is larger than it');
	if (picture.width === width && picture.height === height) return picture;
	return {
		...picture,
		width,
		height,
		planes: wholePlanes(3, width, height),
		hasAlpha: true,
		rows: (sinks) => placedRows(picture, width, height, x, y, sinks),
	};
}

function* placedRows(
	picture: OpenPicture,
	width: number,
	height: number,
	x: number,
	y: number,
	sinks: RowSinks,
): Work<void> {
	const place = (sink: RowSink) => new PlacedRows(sink, width, x, picture.width);
	const planes = sinks.planes.map(place);
	const alpha = sinks.alpha === undefined ? undefined : place(sinks.alpha);
	const empty = new Uint8ClampedArray(width);
	const all = [...(sinks.alpha === undefined ? [] : [sinks.alpha]), ...sinks.planes];
	for (let row = 0; row < y; row++) yield* emptyRow(all, empty);
	if (picture.hasAlpha) yield* picture.rows({ planes, alpha });
	else yield* picture.rows({ planes: withOpaque(planes, alpha, picture.width) });
	for (let row = y + picture.height; row < height; row++) yield* emptyRow(all, empty);
}

function* emptyRow(sinks: readonly RowSink[], row: Uint8ClampedArray): Work<void> {
	for (const sink of sinks) {
		sink.take(row, 0);
		yield sink.workPerRow;
	}
}

/** Sinks of which the first one sees to it that alpha has its row before. */
function withOpaque(planes: readonly RowSink[], alpha: RowSink | undefined, width: number): RowSink[] {
	const opaque = new Uint8ClampedArray(width).fill(255);
	return planes.map((sink, i) => ({
		workPerRow: sink.workPerRow + (i === 0 ? (alpha?.workPerRow ?? 0) : 0),
		take: (samples, at) => {
			if (i === 0) alpha?.take(opaque, 0);
			sink.take(samples, at);
		},
	}));
}
