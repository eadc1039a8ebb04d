/** Numbers between 0 (included) and 1 from a seed, the same on every machine (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Values that length fields get: the least, the most, and those around the sign bits. */
const EXTREMES = [0, 1, 2, 3, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

type Mutation = (bytes: Buffer, whole: (limit: number) => number, others: readonly Buffer[]) => Buffer;

const MUTATIONS: Record<string, Mutation> = {
	flipBits(bytes, whole) {
		for (let flips = 1 + whole(8); flips > 0; flips -= 1) {
			const at = whole(bytes.length);
			bytes[at] = (bytes[at] ?? 0) ^ (1 << whole(8));
		}
		return bytes;
	},
	flipHeaderBits(bytes, whole) {
		for (let flips = 1 + whole(3); flips > 0; flips -= 1) {
			const at = whole(Math.min(bytes.length, 64));
			bytes[at] = (bytes[at] ?? 0) ^ (1 << whole(8));
		}
		return bytes;
	},
	cutOff: (bytes, whole) => bytes.subarray(0, whole(bytes.length)),
	cutOut(bytes, whole) {
		const from = whole(bytes.length);
		return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + whole(40))]);
	},
	editLength(bytes, whole) {
		const value = EXTREMES[whole(EXTREMES.length)] ?? 0;
		const size = [1, 2, 4][whole(3)] ?? 1;
		if (bytes.length < size) return bytes;
		const at = whole(bytes.length - size + 1);
		const fitting = value % 2 ** (8 * size);
		if (whole(2) === 0) bytes.writeUIntBE(fitting, at, size);
		else bytes.writeUIntLE(fitting, at, size);
		return bytes;
	},
	splice(bytes, whole, others) {
		const other = others[whole(others.length)] ?? bytes;
		return Buffer.concat([bytes.subarray(0, whole(bytes.length)), other.subarray(whole(other.length))]);
	},
	insert(bytes, whole) {
		const at = whole(bytes.length);
		const value = [0x00, 0xff, 0x3c, whole(256)][whole(4)] ?? 0;
		return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1 + whole(300), value), bytes.subarray(at)]);
	},
	frontOnly(bytes, whole) {
		const front = bytes.subarray(0, 2 + whole(40));
		return Buffer.concat([front, Buffer.from(Array.from({ length: whole(200) }, () => whole(256)))]);
	},
};

/**
 * One to three random mutations of one of the samples.
 * @param samples whole files
 * @param random numbers between 0 and 1
 * @returns the damaged file and the names of what was done to it
 */
export function mutated(samples: readonly Buffer[], random: () => number): { bytes: Buffer; done: string } {
	const whole = (limit: number) => Math.floor(random() * limit);
	const names = Object.keys(MUTATIONS);
	const sample = whole(samples.length);
	let bytes = Buffer.from(samples[sample] ?? Buffer.alloc(0));
	const done = [`sample ${sample}`];
	for (let rounds = 1 + whole(3); rounds > 0 && bytes.length > 0; rounds -= 1) {
		const name = names[whole(names.length)] ?? '';
		bytes = MUTATIONS[name]?.(bytes, whole, samples) ?? bytes;
		done.push(name);
	}
	return { bytes, done: done.join(', ') };
}
