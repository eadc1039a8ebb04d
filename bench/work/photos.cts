import { execFile } from 'node:child_process';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { requireHere } from '../http-request-node/install.cts';
import type { PhotoKind, PhotoSet } from './workload.cts';

/** A photo on disk. */
export interface PhotoFile {
	file: string;
	fileName: string;
}

/** Where the photos stay between runs: making them takes longer than uploading them. */
const FOLDER = path.join(tmpdir(), 'n8n-nodes-zoho-crm-photo-bench');

/** Changes whenever photos are made in another way, so that none of the old way is used. */
const EDITION = 3;

type Encoder = { encode(picture: { data: Buffer; width: number; height: number }, quality: number): { data: Buffer } };

/**
 * Real JPEGs of the wanted sizes, the same in every run and all different from each other: soft colours with grain, as a
 * camera gives them, encoded by jpeg-js; where a size in bytes is wanted, as near below it as quality goes, and the rest
 * filled up with comments.
 */
export async function makePhotos(set: PhotoSet): Promise<PhotoFile[]> {
	const { encode }: Encoder = requireHere()('jpeg-js');
	const bases = new Map<number, Buffer>();
	const base = (index: number): Buffer => {
		const which = index % set.pixels.length;
		const known = bases.get(which);
		if (known !== undefined) return known;
		const { width, height } = set.pixels[which] ?? { width: 1, height: 1 };
		const data = picture(width, height, which + 1);
		const made =
			set.bytes === undefined
				? encode({ data, width, height }, 85).data
				: closestBelow(set.bytes - 100, (quality) => encode({ data, width, height }, quality).data);
		bases.set(which, made);
		return made;
	};

	const size = set.bytes ?? set.pixels.map(({ width }) => width).join('-');
	const folder = path.join(FOLDER, `${EDITION}-${set.count}-${size}-${set.kind ?? 'jpg'}`);
	await mkdir(folder, { recursive: true });
	const photos: PhotoFile[] = [];
	for (let index = 0; index < set.count; index++) {
		const fileName = `photo-${String(index).padStart(4, '0')}.${set.kind ?? 'jpg'}`;
		const file = path.join(folder, fileName);
		if ((await stat(file).catch(() => undefined)) === undefined) {
			const jpeg = path.join(folder, `${index}.part.jpg`);
			await writeFile(jpeg, withComments(base(index), index, set.bytes));
			await rename(set.kind === undefined ? jpeg : await convert(jpeg, set.kind), file);
		}
		photos.push({ file, fileName });
	}
	return photos;
}

/** What another program makes of a JPEG; with the settings that people use. @returns where the file is */
async function convert(jpeg: string, kind: PhotoKind): Promise<string> {
	const made = jpeg.replace(/jpg$/, kind);
	const calls: Record<PhotoKind, [string, ...string[]]> = {
		webp: ['cwebp', '-quiet', '-q', '85', jpeg, '-o', made],
		png: ['convert', jpeg, made],
		tiff: ['convert', jpeg, '-compress', 'LZW', made],
		heic: ['heif-enc', '-q', '60', '-o', made, jpeg],
	};
	const [program, ...options] = calls[kind];
	await promisify(execFile)(program, options);
	return made;
}

/** RGBA bytes of soft gradients with grain; `seed` moves them. */
function picture(width: number, height: number, seed: number): Buffer {
	const data = Buffer.alloc(width * height * 4);
	let state = seed * 2_654_435_761;
	for (let y = 0, at = 0; y < height; y++) {
		for (let x = 0; x < width; x++, at += 4) {
			// A linear congruential generator (Numerical Recipes): the same grain everywhere, and fast.
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			const grain = (state >>> 24) / 16;
			data[at] = 120 + 90 * Math.sin((x / width) * 5 + seed) + grain;
			data[at + 1] = 110 + 80 * Math.sin((y / height) * 4 + (x / width) * 3) + grain;
			data[at + 2] = 100 + 70 * Math.cos(((x + y) / (width + height)) * 6) + grain;
			data[at + 3] = 255;
		}
	}
	return data;
}

/** The largest file of no more than so many bytes, by trying qualities. */
function closestBelow(bytes: number, encode: (quality: number) => Buffer): Buffer {
	let low = 1;
	let high = 100;
	let best = encode(low);
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		const made = encode(middle);
		if (made.length <= bytes) {
			best = made;
			low = middle;
		} else high = middle - 1;
	}
	return best;
}

/** The JPEG with comment segments after its first marker: one with its number, and more until it has the wanted size. */
function withComments(jpeg: Buffer, index: number, bytes: number | undefined): Buffer {
	const text = `benchmark photo ${index} `;
	const comments = [comment(Buffer.from(text))];
	let left = (bytes ?? 0) - jpeg.length - (comments[0]?.length ?? 0);
	while (left >= 4) {
		// A segment has at most 65,535 bytes without its marker, and what is left over must hold a segment of its own.
		const length = left > 65_537 ? Math.min(65_537, left - 4) : left;
		comments.push(comment(Buffer.alloc(length - 4, text)));
		left -= length;
	}
	return Buffer.concat([jpeg.subarray(0, 2), ...comments, jpeg.subarray(2)]);
}

function comment(text: Buffer): Buffer {
	const head = Buffer.from([0xff, 0xfe, 0, 0]);
	head.writeUInt16BE(text.length + 2, 2);
	return Buffer.concat([head, text]);
}
