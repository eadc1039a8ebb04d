/** Pieces that are kept in mind: the planes of two pictures and what one file was written into. */
const MOST_SPARE = 24;

/** Memory that is done with. It is held weakly: where nobody makes a photo fit soon after, it goes as all garbage does. */
let spare: ReadonlyArray<WeakRef<ArrayBufferLike>> = [];

/**
 * Memory of which every byte that is read will have been written: such as was done with, where there is some. V8 is in no hurry to
 * collect what lies outside of its heap: twenty photos one after the other grew the process by 120 MB, of which one needs 45.
 * @param length in bytes; the memory may be up to twice as large
 */
export function memoryFor(length: number): ArrayBufferLike {
	for (const known of spare) {
		const memory = known.deref();
		// A small piece in the memory of a large one would keep all of it.
		if (memory === undefined || memory.byteLength < length || memory.byteLength > 2 * length) continue;
		spare = spare.filter((other) => other !== known);
		return memory;
	}
	return new ArrayBuffer(length);
}

/** Gives memory back; nobody may look at it any more. */
export function giveBack({ buffer }: Uint8ClampedArray | Uint8Array): void {
	const alive = spare.filter((known) => known.deref() !== undefined && known.deref() !== buffer);
	spare = [...alive, new WeakRef(buffer)].slice(-MOST_SPARE);
}
