import { decode } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/decode';
import { readHeader, type Component } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/frame';
import type { RowSink } from '../../../nodes/ZohoCrmPhoto/photo/decode/picture';

/** How the samples of a file become colours: what its colour transform says. */
export type Colours = 'grey' | 'rgb' | 'ycc' | 'cmyk' | 'ycck';

class WholePlane implements RowSink {
	readonly workPerRow = 1;
	readonly samples: Uint8Array;
	private row = 0;

	constructor(readonly component: Component) {
		this.samples = new Uint8Array(component.width * component.height);
	}

	take(samples: Uint8ClampedArray, at: number): void {
		const { width } = this.component;
		this.samples.set(samples.subarray(at, at + width), width * this.row++);
	}

	/** As many samples as the picture has pixels, each between the ones around it. */
	spread(width: number, height: number): Float64Array {
		const all = new Float64Array(width * height);
		const columns = between(this.component.width, width);
		between(this.component.height, height).forEach(({ first, second, share }, y) => {
			const above = first * this.component.width;
			const below = second * this.component.width;
			columns.forEach((column, x) => {
				const top = mix(this.samples[above + column.first], this.samples[above + column.second], column.share);
				const bottom = mix(this.samples[below + column.first], this.samples[below + column.second], column.share);
				all[y * width + x] = mix(top, bottom, share);
			});
		});
		return all;
	}
}

function mix(a = 0, b = 0, share: number): number {
	return a + (b - a) * share;
}

/** For each of `to` places evenly along `from` samples: the samples before and after, and the second one's share. */
function between(from: number, to: number): Array<{ first: number; second: number; share: number }> {
	return Array.from({ length: to }, (_, i) => {
		const at = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
		const first = Math.floor(at);
		return { first, second: Math.min(first + 1, from - 1), share: at - first };
	});
}

function toRgb([y = 0, cb = 0, cr = 0]: number[]): number[] {
	return [y + 1.402 * (cr - 128), y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128), y + 1.772 * (cb - 128)];
}

/** Adobe's files hold the ink left out, so that 255 is none. */
function inks(samples: number[]): number[] {
	return samples.map((sample) => 255 - sample);
}

const CONVERSIONS: Record<Colours, (samples: number[]) => number[]> = {
	grey: (samples) => samples,
	rgb: (samples) => samples,
	ycc: toRgb,
	cmyk: inks,
	// libjpeg's ycck_cmyk_convert turns RGB into its complement, which Adobe's way of holding ink turns back.
	ycck: (samples) => [...toRgb(samples), 255 - (samples[3] ?? 0)],
};

/** The picture's planes as the file holds them. */
export function planesOf(file: Buffer): { width: number; height: number; planes: WholePlane[] } {
	const { frame } = readHeader(file);
	const planes = frame.components.map((component) => new WholePlane(component));
	for (const work of decode(file, frame, planes)) if (work < 0) throw new Error('Work cannot be undone');
	return { width: frame.width, height: frame.height, planes };
}

/**
 * Decodes a JPEG to interleaved samples: RGB, grey, or CMYK as amounts of ink.
 * @param file the whole file
 */
export function decoded(file: Buffer, colours: Colours): { width: number; height: number; samples: Uint8Array } {
	const { width, height, planes } = planesOf(file);
	const samples = new Uint8ClampedArray(width * height * planes.length);
	const spread = planes.map((plane) => plane.spread(width, height));
	for (let i = 0; i < width * height; i++) {
		samples.set(CONVERSIONS[colours](spread.map((plane) => plane[i] ?? 0)), i * planes.length);
	}
	return { width, height, samples: new Uint8Array(samples.buffer) };
}
