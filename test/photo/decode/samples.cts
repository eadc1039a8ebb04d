import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { OpenPicture, RowSink } from '../../../nodes/ZohoCrmPhoto/photo/decode/picture';
import type { Work } from '../../../nodes/ZohoCrmPhoto/photo/work';

const FOLDER = join(__dirname, 'fixtures');

/** Files of real encoders, and of each what another program reads from it; see `fixtures/make.sh`. @param kind a folder */
export function fixtures(kind: string): string[] {
	return readdirSync(join(FOLDER, kind)).filter((name) => !name.endsWith('.gz'));
}

/** A file of a real encoder. */
export function fixture(kind: string, name: string): Buffer {
	return readFileSync(join(FOLDER, kind, name));
}

/** The samples of a fixture as another program reads them: RGBA, 8 bits each; those of 16 bits are rounded to the nearest. */
export function reference(kind: string, name: string): Buffer {
	const samples = gunzipSync(readFileSync(join(FOLDER, kind, `${name}.rgba.gz`)));
	if (!/-16[.](png|tiff)$/.test(name)) return samples;
	return Buffer.from(
		Array.from({ length: samples.length / 2 }, (_, i) => Math.round(samples.readUInt16BE(2 * i) / 257)),
	);
}

/** What ImageMagick makes of a scene at 67 x 44 pixels: RGB, on white; see `fixtures/scenes.sh`. */
export function sceneReference(name: string): Buffer {
	return gunzipSync(readFileSync(join(FOLDER, 'scenes', `${name}.rgb.gz`)));
}

/** Does a piece of work to its end. */
export function finished<Result>(work: Work<Result>): Result {
	for (;;) {
		const step = work.next();
		if (step.done === true) return step.value;
		if (!(step.value >= 0)) throw new Error('Work cannot be undone');
	}
}

class Interleaved implements RowSink {
	readonly workPerRow = 1;
	private y = 0;

	constructor(
		private readonly samples: Uint8ClampedArray,
		private readonly width: number,
		private readonly channels: number[],
	) {}

	/** The rows that came. */
	get rows(): number {
		return this.y;
	}

	take(row: Uint8ClampedArray, at: number): void {
		for (let x = 0; x < this.width; x++) {
			for (const channel of this.channels) this.samples[4 * (this.y * this.width + x) + channel] = row[at + x] ?? 0;
		}
		this.y++;
	}
}

/**
 * Decodes a picture of red, green and blue, of grey, or of four inks.
 * @returns RGBA, or the inks, 8 bits a sample
 */
export function samplesOf(picture: OpenPicture): Buffer {
	const { width, height, planes, hasAlpha } = picture;
	const samples = new Uint8ClampedArray(4 * width * height).fill(255);
	const sink = (...channels: number[]) => new Interleaved(samples, width, channels);
	const sinks = planes.length === 1 ? [sink(0, 1, 2)] : planes.map((_, i) => sink(i));
	const alpha = hasAlpha ? sink(3) : undefined;
	finished(picture.rows({ planes: sinks, alpha }));
	for (const { rows } of [...sinks, ...(alpha === undefined ? [] : [alpha])]) {
		if (rows !== height) throw new Error(`${rows} rows of ${height}`);
	}
	return Buffer.from(samples.buffer);
}

/** How many samples differ by more than a tolerance, and the first of them, for a message that helps. */
export function differences(seen: Buffer, expected: Buffer, tolerance = 0): { count: number; first?: string } {
	if (seen.length !== expected.length) return { count: -1, first: `${seen.length} samples of ${expected.length}` };
	let count = 0;
	let first: string | undefined;
	for (let i = 0; i < seen.length; i++) {
		// What cannot be seen has no colour.
		if (i % 4 !== 3 && seen[i | 3] === 0 && expected[i | 3] === 0) continue;
		if (Math.abs((seen[i] ?? 0) - (expected[i] ?? 0)) <= tolerance) continue;
		count++;
		first ??= `sample ${i}: ${seen[i]} for ${expected[i]}`;
	}
	return { count, ...(first === undefined ? {} : { first }) };
}
