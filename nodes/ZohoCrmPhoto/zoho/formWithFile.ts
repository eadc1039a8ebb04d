/**
 * Bytes handed over at a time. The platform's own files give 65,536, and each piece costs turns of the event loop: photos of
 * 9.5 MB take a tenth longer that way, for no less memory (bench/).
 */
const CHUNK = 1_048_576;

/**
 * A file for a form, which hands out views of the bytes it was made of.
 *
 * The platform's File copies them when it is made and again when it is read: with photos of 10 MB, a third of the
 * processor time then goes into collecting garbage. n8n's client (axios, all versions since n8n 1.122) reads a file of a
 * form by `size`, `type`, `name` and `stream()`, each time the form is sent.
 */
class LentFile extends File {
	override readonly size: number;
	#bytes: Buffer;

	constructor(bytes: Buffer, name: string, type: string) {
		super([], name, { type });
		this.#bytes = bytes;
		this.size = bytes.length;
	}

	override stream(): ReadableStream<Uint8Array> {
		let from = 0;
		return new ReadableStream<Uint8Array>({
			pull: (controller) => {
				const bytes = this.#bytes;
				if (from < bytes.length) controller.enqueue(bytes.subarray(from, from + CHUNK));
				else controller.close();
				from += CHUNK;
			},
		});
	}

	/** Gives the bytes back. Node's files and streams themselves stay until the next full garbage collection. */
	release(): void {
		this.#bytes = Buffer.alloc(0);
	}

	override async arrayBuffer(): Promise<ArrayBuffer> {
		return new Uint8Array(this.#bytes).buffer;
	}

	override async text(): Promise<string> {
		return this.#bytes.toString('utf8');
	}

	override slice(start?: number, end?: number, type?: string): Blob {
		return new Blob([this.#bytes]).slice(start, end, type);
	}
}

/**
 * A form with one file, which can be sent any number of times: a new token or another try sends the same form. (A
 * form-data body is a stream, which cannot.)
 *
 * @param field name of the form's part
 * @param bytes content of the file, which must not change until the form is released
 * @returns the form, and `release`, to be called when it will not be sent again
 */
export function formWithFile(
	field: string,
	bytes: Buffer,
	fileName: string,
	mimeType: string,
): { form: FormData; release: () => void } {
	const form = new FormData();
	const file = new LentFile(bytes, fileName, mimeType);
	form.append(field, file);
	const kept: unknown = form.get(field);
	// A platform that puts a File of its own in the place of ours would find no bytes in it.
	if (kept !== file) form.set(field, new Blob([bytes], { type: mimeType }), fileName);
	return { form, release: () => file.release() };
}
