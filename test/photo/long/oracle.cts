import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examinePhoto, isOpen } from '../../../nodes/ZohoCrmPhoto/photo/examine';
import { inspectPhoto, type Inspection } from '../../../nodes/ZohoCrmPhoto/photo/inspect';
import { PHOTOS, SOURCES, type Recipe } from './photos.cts';
import { REFUSED } from './refused.cts';
import { requireTools, shell } from './tools.cts';

/**
 * Compares the verdicts of the shipped code with ImageMagick's `identify`, on photos of many encoders, and checks that
 * every cut and every other kind gets its own refusal. Run: node -r tsx/cjs test/photo/long/oracle.cts
 */
let passed = 0;
const failures: string[] = [];

function check(what: string, isAsExpected: boolean, saw: unknown): void {
	if (isAsExpected) passed += 1;
	else failures.push(`${what}: ${JSON.stringify(saw)}`);
}

interface Identified {
	kind: string;
	width: number;
	height: number;
}

/** What identify says of each file, read to its last pixel. The page is the whole of an animation; frames may be smaller. */
function identifyAll(folder: string, names: string[]): Map<string, Identified> {
	const found = new Map<string, Identified>();
	const lines = shell(`identify -format '%f|%m|%w|%h|%W|%H\\n' ${names.join(' ')} 2> identify.txt || true`, folder);
	for (const line of lines.toString().split('\n')) {
		const [name = '', format = '', ...numbers] = line.split('|');
		if (name === '' || found.has(name)) continue;
		const [width = 0, height = 0, pageWidth = 0, pageHeight = 0] = numbers.map(Number);
		const kind = format
			.replace(/^BMP\d$/, 'BMP')
			.replace(/^GIF87$/, 'GIF')
			.toLowerCase();
		const isPaged = kind === 'gif';
		found.set(name, { kind, width: isPaged ? pageWidth : width, height: isPaged ? pageHeight : height });
	}
	return found;
}

/** Makes one file; a tool that cannot is a failure of this run, not the end of it. */
function make(line: string, folder: string): void {
	try {
		shell(line, folder);
	} catch (fault) {
		check('a recipe works', false, String(fault));
	}
}

/** The file that a recipe made; an empty one, which every check fails, when it made none. */
function made(folder: string, name: string): Buffer {
	return existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : Buffer.alloc(0);
}

/** Bytes of a chunk's checksum, of that of the compressed data in it, and of the code that ends these: they hold no sample. */
const CHECKSUMS = 12;

/** A PNG's chunks that lack nothing but checksums, with an end behind them: ImageMagick reads none without both. */
function withEnd(png: Buffer, length: number): Buffer {
	let end = 8;
	for (let next = end; next + 12 <= length; ) {
		next += 12 + png.readUInt32BE(next);
		if (next <= length + CHECKSUMS) end = next;
	}
	return Buffer.concat([png.subarray(0, end), Buffer.from('0000000049454e44ae426082', 'hex')]);
}

/** The verdict of the whole way: what bytes leave open is decoded. */
async function verdictOn(bytes: Buffer): Promise<Inspection> {
	const inspection = inspectPhoto(bytes);
	return isOpen(inspection, bytes)
		? await examinePhoto(inspection, bytes, async () => await Promise.resolve())
		: inspection;
}

/** ImageMagick's sum of all samples of a file's first picture, whatever it has to say of the rest. */
function samplesIn(name: string, folder: string): string {
	return shell(`identify -quiet -format '%#' '${name}[0]' 2> identify.txt || true`, folder).toString();
}

async function checkPhoto({ name, kind, hasTail }: Recipe, folder: string, oracle?: Identified): Promise<void> {
	const bytes = made(folder, name);
	const verdict = await verdictOn(bytes);
	if (!verdict.ok) return check(`${name} is accepted`, false, verdict.refusal);
	const { facts } = verdict;
	check(`${name} is a ${kind}`, facts.kind === kind && facts.fileSize === bytes.length, facts);
	const agrees = oracle?.kind === facts.kind && oracle.width === facts.width && oracle.height === facts.height;
	check(`${name} is as identify says`, agrees, { facts, oracle });
	if (hasTail === true) return;
	for (const length of [0.25, 0.5, 0.9].map((share) => Math.floor(bytes.length * share)).concat(bytes.length - 1)) {
		const front = bytes.subarray(0, length);
		const cut = await verdictOn(front);
		let isRight = !cut.ok && cut.refusal.code === 'CORRUPT_IMAGE';
		if (cut.ok) {
			// What is cut off was none of the (first) picture's rows: other bytes in its place change no sample.
			const others = Buffer.from(bytes.subarray(length).map((byte) => byte ^ 0x55));
			const samples = samplesIn(name, folder);
			const files = [front, Buffer.concat([front, others]), ...(kind === 'png' ? [withEnd(bytes, length)] : [])];
			isRight = files.some((file) => {
				writeFileSync(join(folder, `cut-${name}`), file);
				return samples !== '' && samplesIn(`cut-${name}`, folder) === samples;
			});
		}
		check(`${name} cut to ${length} of ${bytes.length}`, isRight, cut);
	}
}

/** Photos over a limit, whose advice is then followed; the recipes write the file with the name OUT. */
const TOO_LARGE: ReadonlyArray<[name: string, line: string]> = [
	['camera.jpg', 'convert -size 4032x3024 gradient:red-blue OUT'],
	['turned.jpg', 'cp camera.jpg OUT; exiftool -q -overwrite_original -n -Orientation=6 OUT'],
	['panorama.jpg', 'convert -size 16000x700 gradient:red-blue OUT'],
	['just-over.jpg', 'convert -size 4001x2500 gradient:red-blue OUT'],
	['bytes.jpg', 'convert -seed 1 -size 3000x3000 gradient:red-blue +noise Random -quality 100 OUT'],
	['screen.png', 'convert -size 5000x2500 gradient:red-blue OUT'],
	['bytes.png', 'convert -seed 1 -size 2500x2000 gradient:red-blue +noise Random -quality 10 OUT'],
	['bytes.bmp', 'convert -seed 1 -size 3000x2500 gradient:red-blue +noise Random OUT'],
	['wide.gif', 'convert -size 5000x2500 gradient:red-blue OUT'],
	['wide.webp', 'convert -size 5000x2500 gradient:red-blue OUT'],
	['wide.tiff', 'convert -size 5000x2500 gradient:red-blue -compress LZW OUT'],
];

/** Does what the description says, as the Edit Image node does it: with GraphicsMagick, on the bytes alone. */
function followAdvice(name: string, line: string, folder: string): void {
	make(line.replaceAll('OUT', name), folder);
	const refused = inspectPhoto(made(folder, name));
	const description = refused.ok ? '' : refused.refusal.description;
	const [, width, height] = /Width (\d+), Height (\d+), Option 'Maximum Area'/.exec(description) ?? [];
	const output = description.includes("Format 'jpeg'") ? 'jpeg:-' : '-';
	const options = `-background transparent -auto-orient -orient TopLeft -resize '${width}x${height}@'`;
	make(`gm convert - ${options} ${output} < ${name} > advised`, folder);
	const verdict = inspectPhoto(made(folder, 'advised'));
	check(`${name} is accepted once the advice is followed: ${description}`, verdict.ok && !refused.ok, verdict);
}

async function main(): Promise<void> {
	requireTools();
	const folder = mkdtempSync(join(tmpdir(), 'photo-oracle-'));
	try {
		shell(SOURCES, folder);
		for (const { line } of PHOTOS) make(line, folder);
		const oracle = identifyAll(
			folder,
			PHOTOS.map(({ name }) => name),
		);
		for (const photo of PHOTOS) await checkPhoto(photo, folder, oracle.get(photo.name));
		for (const { name, code, says, line } of REFUSED) {
			make(line.replaceAll('OUT', name), folder);
			const bytes = made(folder, name);
			const verdict = await verdictOn(bytes);
			const isRefused = !verdict.ok && verdict.refusal.code === code && verdict.refusal.message.includes(says);
			check(`${name} is refused as ${says}`, isRefused, verdict);
		}
		for (const [name, line] of TOO_LARGE) followAdvice(name, line, folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
	for (const failure of failures) console.log(failure);
	console.log(`${PHOTOS.length} photos, ${REFUSED.length} other files, ${TOO_LARGE.length} too large`);
	console.log(`${passed} passed, ${failures.length} failed`);
	process.exitCode = failures.length === 0 ? 0 : 1;
}

void main();
