import { PRIMARIES } from './colourMeaning';

/** Places of red, green, blue and white in the chromaticity diagram (ITU-T H.273, table 2). */
const CHROMATICITIES = new Map<number, { name: string; places: readonly number[] }>([
	[PRIMARIES.DISPLAY_P3, { name: 'Display P3', places: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06] }],
	[PRIMARIES.BT2020, { name: 'Rec. 2020', places: [0.708, 0.292, 0.17, 0.797, 0.131, 0.046] }],
]);

const D65 = [0.3127, 0.329] as const;
/** The white that profiles are relative to (ICC.1:2022, 7.2.16). */
const D50 = [0.9642, 1, 0.8249] as const;

/** How Bradford's adaptation sees light: three kinds of cones (ICC.1:2022, annex E). */
const BRADFORD = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296] as const;

type Triple = readonly [number, number, number];
type Matrix = readonly number[];

/** A profile by ICC.1: version, class, spaces, signature and the day it was made, which is the day of this file. */
const VERSION = 0x0430_0000;
const HEADER_LENGTH = 128;
const TAG_LENGTH = 12;

/**
 * A colour profile for primaries that are told by a code alone, with sRGB's curve, as phones use them (ICC.1:2022).
 * @param primaries a code of ITU-T H.273
 * @returns undefined for primaries that are sRGB's or about that, which need none
 */
export function writtenProfile(primaries: number): Uint8Array | undefined {
	const known = CHROMATICITIES.get(primaries);
	if (known === undefined) return undefined;
	const { name, places } = known;
	const columns = [0, 2, 4].map((i) => light(places[i] ?? 0, places[i + 1] ?? 0));
	const white = light(D65[0], D65[1]);
	const parts = solve(columns, white);
	const adaptation = adaptedToD50(white);
	const colour = (i: number) => xyz(multiply(adaptation, scaled(columns[i], parts[i] ?? 0)));
	const curve = parametricCurve();
	return assembled([
		['desc', text(name)],
		['cprt', text('No copyright')],
		['wtpt', xyz(D50)],
		['rXYZ', colour(0)],
		['gXYZ', colour(1)],
		['bXYZ', colour(2)],
		['chad', signature('sf32', numbers(adaptation))],
		['rTRC', curve],
		['gTRC', curve],
		['bTRC', curve],
	]);
}

function light(x: number, y: number): Triple {
	return [x / y, 1, (1 - x - y) / y];
}

function scaled(light3: Triple | undefined, factor: number): Triple {
	const [x, y, z] = light3 ?? [0, 0, 0];
	return [x * factor, y * factor, z * factor];
}

function multiply(matrix: Matrix, [x, y, z]: Triple): Triple {
	const row = (i: number) => (matrix[i] ?? 0) * x + (matrix[i + 1] ?? 0) * y + (matrix[i + 2] ?? 0) * z;
	return [row(0), row(3), row(6)];
}

function determinant(a: Triple, b: Triple, c: Triple): number {
	return a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1]);
}

/** How much of each of three lights makes another (Cramer's rule). */
function solve([a = ZERO, b = ZERO, c = ZERO]: readonly Triple[], sum: Triple): Triple {
	const whole = determinant(a, b, c);
	return [determinant(sum, b, c) / whole, determinant(a, sum, c) / whole, determinant(a, b, sum) / whole];
}

const ZERO: Triple = [0, 0, 0];

/** What turns light under a white into light under D50 (ICC.1:2022, annex E.3). */
function adaptedToD50(white: Triple): Matrix {
	const from = multiply(BRADFORD, white);
	const to = multiply(BRADFORD, [...D50]);
	const columns = [0, 1, 2].map((i): Triple => [BRADFORD[i] ?? 0, BRADFORD[i + 3] ?? 0, BRADFORD[i + 6] ?? 0]);
	const adapt = (unit: Triple): Triple => {
		const [l, m, s] = multiply(BRADFORD, unit);
		return solve(columns, [(l * to[0]) / from[0], (m * to[1]) / from[1], (s * to[2]) / from[2]]);
	};
	const [x, y, z] = [adapt([1, 0, 0]), adapt([0, 1, 0]), adapt([0, 0, 1])];
	return [0, 1, 2].flatMap((i) => [x[i] ?? 0, y[i] ?? 0, z[i] ?? 0]);
}

/** Numbers with 16 binary places (ICC.1:2022, 4.6). */
function numbers(values: readonly number[]): Buffer {
	const out = Buffer.alloc(4 * values.length);
	values.forEach((value, i) => out.writeInt32BE(Math.round(value * 65_536), 4 * i));
	return out;
}

function signature(type: string, content: Uint8Array): Buffer {
	return Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), content]);
}

function xyz(value: Triple): Buffer {
	return signature('XYZ ', numbers(value));
}

/** sRGB's curve (IEC 61966-2-1) as function 3 (ICC.1:2022, 10.18). */
function parametricCurve(): Buffer {
	return signature(
		'para',
		Buffer.concat([Buffer.of(0, 3, 0, 0), numbers([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])]),
	);
}

/** One text in English (ICC.1:2022, 10.15). */
function text(value: string): Buffer {
	const characters = Buffer.from(value, 'utf16le').swap16();
	const header = Buffer.alloc(20);
	header.writeUInt32BE(1, 0);
	header.writeUInt32BE(12, 4);
	header.write('enUS', 8, 'latin1');
	header.writeUInt32BE(characters.length, 12);
	header.writeUInt32BE(28, 16);
	return signature('mluc', Buffer.concat([header, characters]));
}

function assembled(tags: ReadonlyArray<readonly [string, Buffer]>): Uint8Array {
	const table = Buffer.alloc(4 + TAG_LENGTH * tags.length);
	table.writeUInt32BE(tags.length);
	const contents: Buffer[] = [];
	const placed = new Map<Buffer, number>();
	let end = HEADER_LENGTH + table.length;
	tags.forEach(([name, content], i) => {
		const at = placed.get(content) ?? end;
		table.write(name, 4 + TAG_LENGTH * i, 'latin1');
		table.writeUInt32BE(at, 8 + TAG_LENGTH * i);
		table.writeUInt32BE(content.length, 12 + TAG_LENGTH * i);
		if (placed.has(content)) return;
		placed.set(content, at);
		// Contents begin at places that 4 divides (ICC.1:2022, 7.3.1).
		const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
		contents.push(padded);
		end += padded.length;
	});
	const header = Buffer.alloc(HEADER_LENGTH);
	header.writeUInt32BE(end, 0);
	header.writeUInt32BE(VERSION, 8);
	header.write('mntrRGB XYZ ', 12, 'latin1');
	for (const [i, value] of [2026, 1, 1].entries()) header.writeUInt16BE(value, 24 + 2 * i);
	header.write('acsp', 36, 'latin1');
	numbers(D50).copy(header, 68);
	return Buffer.concat([header, table, ...contents]);
}
