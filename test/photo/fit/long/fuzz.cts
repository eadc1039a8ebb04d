/**
 * Thousands of damaged pictures of every kind that is decoded: each must end as a photo or a refusal, soon, and never as an exception. Needs nothing but
 * Node. Run with `node --require tsx/cjs test/photo/fit/long/fuzz.cts [files] [seed]`.
 */
import { fitPhoto, type Fitted } from '../../../../nodes/ZohoCrmPhoto/photo/fit/fit';
import { decoderOf } from '../../../../nodes/ZohoCrmPhoto/photo/fit/open';
import type { PictureKind } from '../../../../nodes/ZohoCrmPhoto/photo/pictureKinds';
import { finished, fixture as picture, fixtures, samplesOf } from '../../decode/samples.cts';
import { planesOf } from '../decoded.cts';
import { fixture } from '../fixture.cts';
import { Report } from './tools.cts';

const NAMES = [
	...['420', '444', '410', 'uneven', 'grey', 'rgb', 'cmyk', 'ycck', 'restart-rows', 'restart-blocks', 'scan-each'],
	...['spectral', 'progressive', 'progressive-444', 'progressive-grey', 'progressive-restart', 'progressive-ycck'],
	...['orientation-6', 'large', 'large-progressive', 'wide'],
];

interface Sample {
	kind: PictureKind;
	name: string;
	file: Buffer;
}

const OTHERS = ['png', 'webp', 'gif', 'bmp', 'tiff', 'heic'] as const;

/** As many JPEGs as pictures of all other kinds together would hide those: they take turns. */
const SAMPLES: ReadonlyArray<readonly Sample[]> = [
	NAMES.map((name) => ({ kind: 'jpeg', name, file: fixture(name) })),
	...OTHERS.map((kind) => fixtures(kind).map((name) => ({ kind, name, file: picture(kind, name) }))),
	fixtures('inks').map((name) => ({ kind: 'tiff', name, file: picture('inks', name) })),
];

/** What the smaller photos must fit into. */
const MOST_PIXELS = 1000;
const MOST_BYTES = 100_000;

/** Processor seconds that one file may take: a few bytes can claim 60 megapixels. */
const MOST_SECONDS = 15;

/** Marsaglia's xorshift. */
function randomFrom(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % below;
	};
}

type Damage = (file: Buffer, random: (below: number) => number) => Buffer;

const DAMAGES: Record<string, Damage> = {
	'bytes anywhere': (file, random) => {
		for (let n = 1 + random(8); n > 0; n--) file[random(file.length)] = random(256);
		return file;
	},
	'bytes of the header': (file, random) => {
		for (let n = 1 + random(3); n > 0; n--) file[random(Math.min(file.length, 700))] = random(256);
		return file;
	},
	'one bit': (file, random) => {
		const at = random(file.length);
		file[at] = (file[at] ?? 0) ^ (1 << random(8));
		return file;
	},
	'cut off': (file, random) => file.subarray(0, random(file.length)),
	'a part missing': (file, random) => {
		const at = random(file.length);
		return Buffer.concat([file.subarray(0, at), file.subarray(at + random(2000))]);
	},
	'a part twice': (file, random) => {
		const at = random(file.length);
		return Buffer.concat([file.subarray(0, at + random(2000)), file.subarray(at)]);
	},
	'two files mixed': (file, random) => {
		const others = SAMPLES[random(SAMPLES.length)] ?? [];
		const other = others[random(others.length)]?.file ?? file;
		const at = random(Math.min(file.length, other.length));
		return Buffer.concat([file.subarray(0, at), other.subarray(at)]);
	},
	'another size in the header': (file, random) => {
		const frame = file.findIndex((byte, i) => byte === 0xff && [0xc0, 0xc2].includes(file[i + 1] ?? 0));
		const isJpeg = file[0] === 0xff && frame >= 0 && frame + 9 <= file.length;
		file.writeUInt32BE(random(2 ** 32), isJpeg ? frame + 5 : random(Math.min(file.length - 4, 60)));
		return file;
	},
	'markers put in': (file, random) => {
		const at = random(file.length);
		return Buffer.concat([file.subarray(0, at), Buffer.of(0xff, 0xc0 + random(64)), file.subarray(at)]);
	},
};

async function main([files = '4000', seed = '20261123']: string[]): Promise<void> {
	const random = randomFrom(Number(seed));
	const report = new Report();
	const kinds = Object.entries(DAMAGES);
	const ends = new Map<string, number>();
	let [slowest, slowestName] = [0, ''];
	console.log(`${files} files, seed ${seed}`);
	for (let round = 0; round < Number(files); round++) {
		const samples = SAMPLES[round % SAMPLES.length] ?? [];
		const sample = samples[random(samples.length)];
		if (sample === undefined) continue;
		const { kind, name } = sample;
		const [damaged, damage] = kinds[random(kinds.length)] ?? ['', (file: Buffer) => file];
		const file = damage(Buffer.from(sample.file), random);
		const what = `round ${round}, ${kind} ${name}, ${damaged}`;
		const before = process.cpuUsage();
		const result = await fitPhoto(kind, file, { maxPixels: MOST_PIXELS, maxBytes: MOST_BYTES }, async () => {}).catch(
			String,
		);
		const seconds = process.cpuUsage(before).user / 1e6;
		if (seconds > slowest) [slowest, slowestName] = [seconds, what];
		report.check(`${what}: ${seconds.toFixed(1)} s`, seconds < MOST_SECONDS);
		report.check(`${what}: ${describe(result)}`, sound(result, file));
		const end =
			typeof result === 'string' ? 'thrown' : result.ok ? 'photo' : result.refusal.message.replace(/\d[\d.,]*/g, 'N');
		ends.set(end, (ends.get(end) ?? 0) + 1);
	}
	for (const [end, count] of [...ends].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(6)}  ${end}`);
	console.log(`slowest: ${slowest.toFixed(2)} s of CPU (${slowestName})`);
	report.end();
}

function describe(result: Fitted | string): string {
	return typeof result === 'string'
		? result
		: result.ok
			? `${result.width} x ${result.height}`
			: result.refusal.message;
}

/**
 * Whether a result is one that a caller can go on with: a photo that decodes to the size it says, or a refusal. Damage can
 * make a file say that it is within the limits: then it comes back as it is, and nobody has looked at its data.
 */
function sound(result: Fitted | string, file: Buffer): boolean {
	if (typeof result === 'string') return false;
	if (!result.ok) return !result.refusal.message.includes('does not hold together');
	if (result.bytes === file) return result.width * result.height <= MOST_PIXELS;
	try {
		const { width, height } = result.kind === 'jpeg' ? planesOf(result.bytes) : sizeOf(result.kind, result.bytes);
		return width === result.width && height === result.height && result.bytes.length <= MOST_BYTES;
	} catch {
		return false;
	}
}

/** The size of a picture, all of which is decoded. What stands behind a GIF is left out of one that is too large, say. */
function sizeOf(kind: PictureKind, file: Buffer): { width: number; height: number } {
	const picture = finished(decoderOf(kind)(file));
	samplesOf(picture);
	return picture;
}

void main(process.argv.slice(2));
