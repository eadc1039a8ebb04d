/**
 * Phone photos of 12 to 60 megapixels, shrunk as the node does it and compared with ImageMagick's own resizing.
 *
 * Needs ImageMagick 6, ExifTool and photographs: on Debian and Ubuntu
 * `apt-get install imagemagick libimage-exiftool-perl mate-backgrounds`. Run with `node --require tsx/cjs test/photo/fit/long/phones.cts`.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ssim } from '../ssim.cts';
import { convert, Report, run } from './tools.cts';

const PHOTOS = '/usr/share/backgrounds/mate';
const [ELEPHANTS, GARDEN, BLINDS, STORM] = [
	'abstract/Elephants_5640x3172',
	'nature/Garden',
	'nature/Blinds',
	'nature/Storm',
];

interface Case {
	name: string;
	photo: string;
	size: string;
	orientation: number;
	encoding: string[];
	largestSide?: number;
}

const NOISE = ['-attenuate', '0.1', '+noise', 'Gaussian'];
const SAMPLED = ['-sampling-factor', '2x2'];
const PROGRESSIVE = [...SAMPLED, '-interlace', 'JPEG'];

const CASES: Case[] = [
	{ name: '12 MP', photo: ELEPHANTS, size: '4032x3024', orientation: 1, encoding: SAMPLED },
	{ name: '12 MP upright', photo: GARDEN, size: '4032x3024', orientation: 6, encoding: SAMPLED },
	{ name: '12 MP progressive', photo: STORM, size: '4032x3024', orientation: 8, encoding: PROGRESSIVE },
	{ name: '12 MP grey', photo: STORM, size: '4032x3024', orientation: 3, encoding: ['-colorspace', 'Gray'] },
	{ name: '12 MP YCCK', photo: GARDEN, size: '4032x3024', orientation: 2, encoding: ['-colorspace', 'CMYK'] },
	{ name: '18 MP over 10 MiB', photo: ELEPHANTS, size: '5640x3172', orientation: 1, encoding: ['-quality', '99'] },
	{ name: '24 MP', photo: GARDEN, size: '6000x4000', orientation: 4, encoding: SAMPLED },
	{ name: '24 MP 4:4:4', photo: ELEPHANTS, size: '6000x4000', orientation: 5, encoding: ['-sampling-factor', '1x1'] },
	{ name: '24 MP progressive', photo: ELEPHANTS, size: '6000x4000', orientation: 7, encoding: PROGRESSIVE },
	{ name: '48 MP', photo: ELEPHANTS, size: '8064x6048', orientation: 6, encoding: SAMPLED },
	{ name: '48 MP progressive', photo: ELEPHANTS, size: '8064x6048', orientation: 8, encoding: PROGRESSIVE },
	{ name: '50 MP 4:2:2', photo: BLINDS, size: '8160x6120', orientation: 3, encoding: ['-sampling-factor', '2x1'] },
	{ name: '60 MP', photo: GARDEN, size: '8944x6708', orientation: 1, encoding: SAMPLED },
	{
		...{ name: '12 MP to 1,024', photo: ELEPHANTS, size: '4032x3024', orientation: 6, encoding: SAMPLED },
		largestSide: 1024,
	},
	{
		...{ name: '12 MP to 640', photo: GARDEN, size: '4032x3024', orientation: 1, encoding: PROGRESSIVE },
		largestSide: 640,
	},
	{ ...{ name: '24 MP to 300', photo: STORM, size: '6000x4000', orientation: 3, encoding: [] }, largestSide: 300 },
];

interface Cost {
	ok: boolean;
	message?: string;
	width: number;
	height: number;
	bytes: number;
	seconds: number;
	processor: number;
	memory: number;
	/** Longest time between two pauses, by the clock and in processor time (all threads, so garbage collection too). */
	stall: number;
	step: number;
	pauses: number;
}

function shrink(from: string, to: string, largestSide = 0): Cost {
	const answer: Cost = JSON.parse(
		run(process.execPath, ...process.execArgv, join(__dirname, 'onePhoto.cts'), from, to, `${largestSide}`).toString(),
	);
	return answer;
}

/** A camera's file: detail as fine as pixels, some noise, and what cameras write beside the picture. */
function take({ photo, size, orientation, encoding }: Case, file: string): void {
	// Laid side by side at its own scale: enlarging it would take minutes and have no detail as fine as a camera's.
	const scene = ['-size', size, `tile:${PHOTOS}/${photo}.jpg`, '-seed', '7'];
	convert(...scene, ...NOISE, '+profile', '*', '-quality', '94', ...encoding, file);
	const [width = '', height = ''] = size.split('x');
	run(
		'exiftool',
		...[
			'-q',
			'-overwrite_original',
			'-n',
			`-Orientation=${orientation}`,
			'-Make=Zoho',
			'-Model=Phone',
			'-XMP:Rating=4',
		],
		...[`-ExifImageWidth=${width}`, `-ExifImageHeight=${height}`, '-DateTimeOriginal=2026:01:02 03:04:05'],
		...[
			'-GPSLatitude=48.1',
			'-GPSLatitudeRef=N',
			'-FNumber=1.8',
			'-ICC_Profile<=/usr/share/color/icc/ghostscript/srgb.icc',
		],
		file,
	);
}

/** What ExifTool reads from a file, without what belongs to the file or to the picture's size. */
function tags(file: string): string {
	const sizes = ['ExifImageWidth', 'ExifImageHeight', 'ImageSize', 'Megapixels'].flatMap((tag) => ['-x', tag]);
	return run(
		'exiftool',
		'-j',
		'-n',
		'-G1',
		'-a',
		'-x',
		'SourceFile',
		'-x',
		'File:all',
		'-x',
		'System:all',
		'-x',
		'ExifTool:all',
		...sizes,
		file,
	)
		.toString()
		.replace(/"SourceFile".*/, '');
}

/** The red, green and blue plane of a picture as ImageMagick decodes it. */
function planesOf(file: string, ...operations: string[]): Buffer[] {
	const all = convert(file, ...operations, '-colorspace', 'sRGB', '-depth', '8', '-interlace', 'plane', 'rgb:-');
	const size = all.length / 3;
	return [0, 1, 2].map((channel) => all.subarray(channel * size, (channel + 1) * size));
}

/** Structural similarity of each channel, the mean of all. */
function similarity(a: Buffer[], b: Buffer[], width: number): number {
	return a.reduce((sum, plane, channel) => sum + ssim(plane, b[channel] ?? plane, width), 0) / a.length;
}

function main(): void {
	const folder = mkdtempSync(join(tmpdir(), 'shrink-'));
	const report = new Report();
	const columns = [
		'photo',
		'from MB',
		'to',
		'to MB',
		'seconds',
		'CPU s',
		'memory MB',
		'stall ms',
		'stall CPU ms',
		'pauses',
		'SSIM',
	];
	console.log(`| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}`);
	try {
		for (const one of CASES) {
			const [from, to, expected] = ['from', 'to', 'expected'].map((name) => join(folder, `${name}.jpg`));
			if (from === undefined || to === undefined || expected === undefined) continue;
			take(one, from);
			const cost = shrink(from, to, one.largestSide);
			report.check(`${one.name}: ${cost.message ?? 'shrunk'}`, cost.ok);
			if (!cost.ok) continue;
			const resized = ['-resize', `${cost.width}x${cost.height}!`];
			convert(from, ...resized, '-quality', '90', expected);
			const [ours, theirs, ideal] = [planesOf(to), planesOf(expected), planesOf(from, ...resized)];
			const alike = similarity(ours, theirs, cost.width);
			const [faith, theirFaith] = [ours, theirs].map((planes) => similarity(planes, ideal, cost.width).toFixed(3));
			const megapixels = one.size.split('x').reduce((product, side) => product * Number(side), 1e-6);
			report.check(`${one.name}: within the limits`, cost.width * cost.height <= 1e7 && cost.bytes <= 10 * 1024 ** 2);
			const isLargest =
				one.largestSide === undefined
					? cost.width * cost.height > 9.99e6
					: Math.max(cost.width, cost.height) === one.largestSide;
			report.check(`${one.name}: as large as the limits allow`, isLargest);
			report.check(`${one.name}: SSIM ${alike.toFixed(4)} is at least 0.98`, alike >= 0.98);
			report.check(
				`${one.name}: ${faith} like the picture before its encoding, ImageMagick's ${theirFaith}`,
				// A picture that was halved while it was decoded is not quite the one that ImageMagick makes of all its samples.
				Number(faith) >= Number(theirFaith) - (one.largestSide === undefined ? 0 : 0.005),
			);
			report.check(`${one.name}: Exif, XMP and profile stay`, tags(from) === tags(to));
			const told = run('exiftool', '-n', '-T', '-ExifImageWidth', '-ExifImageHeight', '-Orientation', to)
				.toString()
				.trim();
			report.check(`${one.name}: tells ${told}`, told === `${cost.width}\t${cost.height}\t${one.orientation}`);
			const upright = (file: string): string => convert(file, '-auto-orient', '-format', '%wx%h', 'info:').toString();
			report.check(`${one.name}: upright as the original`, upright(to) === upright(expected));
			// What a step takes is in the table: on a busy machine it says little.
			report.check(
				`${one.name}: the event loop given back ${cost.pauses} times`,
				cost.pauses > (one.largestSide === undefined ? 8 : 4) * megapixels,
			);
			report.check(`${one.name}: ${cost.memory.toFixed(0)} MB`, cost.memory < 300);
			const numbers = [cost.seconds, cost.processor].map((value) => value.toFixed(2));
			const [fromSize, toSize] = [from, to].map((file) => (statSync(file).size / 1e6).toFixed(1));
			const row = [one.name, fromSize, `${cost.width} x ${cost.height}`, toSize, ...numbers, cost.memory.toFixed(0)];
			console.log(
				`| ${[...row, cost.stall.toFixed(0), cost.step.toFixed(0), cost.pauses, alike.toFixed(4)].join(' | ')} |`,
			);
		}
		refusesMore(folder, report);
	} finally {
		rmSync(folder, { recursive: true });
	}
	report.end();
}

function refusesMore(folder: string, report: Report): void {
	const file = join(folder, 'more.jpg');
	convert('-size', '9000x6700', 'gradient:', '-quality', '50', file);
	const cost = shrink(file, join(folder, 'none.jpg'));
	const message = 'The photo has 60.3 megapixels (9000 x 6700); making it fit takes at most 60';
	report.check(`60.3 MP: ${cost.message ?? 'shrunk'}`, cost.message === message);
	report.check(
		'60.3 MP: refused at once',
		Math.min(cost.seconds, cost.processor) < 0.1 && readFileSync(file).length > 0,
	);
}

main();
