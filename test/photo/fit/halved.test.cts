import { openJpeg } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/open';
import type { Decodable, PlaneShape } from '../../../nodes/ZohoCrmPhoto/photo/decode/picture';
import { finished } from '../decode/samples.cts';
import { fixture } from './fixture.cts';

const NAMES = ['420', '444', '411', '410', 'grey', 'cmyk', 'restart-blocks', 'progressive', 'progressive-restart'];

/** The planes of a picture, each with its samples. */
function planesOf({ planes, rows }: Decodable): Array<PlaneShape & { samples: Uint8Array }> {
	const all = planes.map((plane) => ({ ...plane, samples: new Uint8Array(plane.width * plane.height), row: 0 }));
	const sinks = all.map((plane) => ({
		workPerRow: 1,
		take(samples: Uint8ClampedArray, at: number): void {
			plane.samples.set(samples.subarray(at, at + plane.width), plane.width * plane.row++);
		},
	}));
	finished(rows({ planes: sinks }));
	for (const { row, height } of all) expect(row).toBe(height);
	return all;
}

/** The n-th of `count` cosines at a place, as the transform's definition has it (ITU-T T.81, A.3.3), of length 1. */
function cosine(n: number, place: number, count: number): number {
	return Math.sqrt((n === 0 ? 1 : 2) / count) * Math.cos(((2 * place + 1) * n * Math.PI) / (2 * count));
}

/** What a block of 8 x 8 samples is with its low frequencies alone, by the definition: `side` samples each way. */
function lowFrequencies(at: (x: number, y: number) => number, side: number): number[] {
	const places = [...Array(8).keys()];
	const low = places.slice(0, side);
	const across = places.map((y) =>
		low.map((u) => places.reduce((sum, x) => sum + at(x, y) * cosine(u, x, 8), 0) * Math.sqrt(side / 8)),
	);
	const both = low.map((v) =>
		low.map((u) => places.reduce((sum, y) => sum + (across[y]?.[u] ?? 0) * cosine(v, y, 8), 0) * Math.sqrt(side / 8)),
	);
	return low.flatMap((y) =>
		low.map((x) =>
			low.reduce(
				(sum, v) =>
					sum + low.reduce((row, u) => row + (both[v]?.[u] ?? 0) * cosine(u, x, side), 0) * cosine(v, y, side),
				0,
			),
		),
	);
}

describe.each(NAMES)('a JPEG that is halved while it is decoded (%s)', (name) => {
	test.each([1, 2, 3] as const)('%i times has the low frequencies of its blocks', (halvings) => {
		const picture = openJpeg(fixture(name));
		const whole = planesOf(picture);
		const halved = planesOf(picture.halved?.(halvings) ?? picture);
		const side = 8 >> halvings;
		let compared = 0;
		whole.forEach((plane, colour) => {
			const small = halved[colour];
			if (small === undefined) throw new Error('A plane is missing');
			expect([small.width, small.height]).toEqual(
				[plane.width, plane.height].map((size) => Math.ceil((size * side) / 8)),
			);
			for (let top = 0; top + 8 <= plane.height; top += 8) {
				for (let left = 0; left + 8 <= plane.width; left += 8) {
					const at = (x: number, y: number): number => plane.samples[(top + y) * plane.width + left + x] ?? 0;
					const block = [...Array(64).keys()].map((i) => at(i & 7, i >> 3));
					// What was cut off at black and white is not in the samples any more.
					if (Math.min(...block) === 0 || Math.max(...block) === 255) continue;
					lowFrequencies(at, side).forEach((expected, i) => {
						const [x, y] = [(left * side) / 8 + (i % side), (top * side) / 8 + Math.floor(i / side)];
						const seen = small.samples[y * small.width + x] ?? -1;
						if (Math.abs(seen - Math.min(255, Math.max(0, expected))) > 1.2)
							throw new Error(`${x}, ${y}: ${seen} for ${expected}`);
						compared++;
					});
				}
			}
		});
		expect(compared).toBeGreaterThan(100);
	});
});
