import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Measures } from '../measure/probed.cts';
import type { Subject } from './subject.cts';

const NOTHING: Measures = { memory: 0, peakMemory: 0, cpuSeconds: 0, longestStallMs: 0 };

/**
 * ImageMagick, which makes the same photos fit and uploads nothing: 10 megapixels (or as small as is wished), upright, as JPEG of the quality that
 * the node uses. One process for each photo, as a workflow's Edit Image node starts one. A HEIC by libheif's own
 * heif-convert, as a JPEG of all its pixels.
 */
export const magick: Subject = {
	key: 'magick',
	name: 'ImageMagick, heif-convert (upload nothing)',
	does: ({ name }) => name.startsWith('fit-'),
	async start(_emulator, { largestSide }) {
		const folder = await mkdtemp(path.join(tmpdir(), 'bench-magick-'));
		return {
			async run({ photos }) {
				const begun = performance.now();
				const size = largestSide === undefined ? '10000000@' : `${largestSide}x${largestSide}>`;
				for (const { file } of photos) {
					const made = path.join(folder, 'made.jpg');
					const fit = ['-auto-orient', '-resize', size, '-quality', '90'];
					if (file.endsWith('.heic')) await promisify(execFile)('heif-convert', ['-q', '90', file, made]);
					else await promisify(execFile)('convert', [file, ...fit, made]);
				}
				return { seconds: (performance.now() - begun) / 1000, cpuSeconds: 0, before: NOTHING, after: NOTHING };
			},
			async close() {
				await rm(folder, { recursive: true, force: true });
			},
		};
	},
};
