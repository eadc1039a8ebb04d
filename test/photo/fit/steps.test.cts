import { decode } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/decode';
import { encode } from '../../../nodes/ZohoCrmPhoto/photo/encode/jpeg/encode';
import { readHeader } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/frame';
import { openJpeg } from '../../../nodes/ZohoCrmPhoto/photo/decode/jpeg/open';
import { decodeScaled } from '../../../nodes/ZohoCrmPhoto/photo/fit/scaledPicture';
import { fitPhoto } from '../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import type { Work } from '../../../nodes/ZohoCrmPhoto/photo/work';
import { fixture } from './fixture.cts';

/** The most that may be done without a pause: some 20 ms. */
const MOST = 1 << 19;

const LIMITS = { maxPixels: 100_000, maxBytes: 1_000_000 };

function run<Result>(work: Work<Result>): { result: Result; steps: number[] } {
	const steps: number[] = [];
	for (;;) {
		const step = work.next();
		if (step.done === true) return { result: step.value, steps };
		steps.push(step.value);
	}
}

function total(steps: number[]): number {
	return steps.reduce((sum, step) => sum + step, 0);
}

describe.each(['large', 'large-progressive', 'wide'])('%s', (name) => {
	const file = fixture(name);
	const { frame } = readHeader(file);
	const samples = frame.components.reduce((sum, { width, height }) => sum + width * height, 0);

	test('the event loop is given back as the work goes on', async () => {
		let pauses = 0;
		const limits = { ...LIMITS, maxBytes: file.length - 1 };
		const result = await fitPhoto('jpeg', file, limits, async () => {
			pauses++;
		});
		expect(result.ok).toBe(true);
		expect(pauses).toBeGreaterThanOrEqual(Math.floor(samples / MOST));
	});

	test('no single step is long, and all that is done is counted', () => {
		const sinks = frame.components.map(() => ({ workPerRow: 0, take: () => {} }));
		const decoding = run(decode(file, frame, sinks));
		expect(Math.max(...decoding.steps)).toBeLessThan(MOST / 32);
		expect(total(decoding.steps)).toBeGreaterThan(0.9 * samples);

		const scaling = run(decodeScaled(openJpeg(file), { width: frame.width - 1, height: frame.height }));
		expect(Math.max(...scaling.steps)).toBeLessThan(MOST / 32);

		const encoding = run(encode(scaling.result, 90, [], 1e9));
		expect(Math.max(...encoding.steps)).toBeLessThan(MOST / 32);
		expect(total(encoding.steps)).toBeGreaterThan(0.9 * samples);
	});
});

test.each(['large', 'large-progressive'])('%s stops when a pause rejects, with its reason', async (name) => {
	const reason = new Error('cancelled');
	let pauses = 0;
	const shrinking = fitPhoto('jpeg', fixture(name), LIMITS, async () => {
		if (++pauses === 3) throw reason;
	});
	await expect(shrinking).rejects.toBe(reason);
	await new Promise((resolve) => setImmediate(resolve));
	expect(pauses).toBe(3);
});
