import { randomString } from 'n8n-workflow';

/**
 * Bytes of the file handed over at a time: in the benchmark 40 photos of 9.5 MB take a tenth longer with 64 KiB, and two and a
 * half times the memory in one piece each.
 */
const PIECE = 1_048_576;

const NOTHING = Buffer.alloc(0);

/**
 * A form with one file, as it goes over the wire (`multipart/form-data`, RFC 7578), which can be sent any number of times:
 * a new token or another try sends the same form.
 *
 * n8n's client (axios, all versions since n8n 1.122) takes `size`, `type` and `stream()` of a Blob each time it is sent. A
 * FormData would do as well, but it goes out in five pieces, the last of a few bytes. Behind a proxy n8n's connections keep
 * Nagle's algorithm on (https-proxy-agent, n8n 2.41), so that those bytes wait for the receipt of all others, which the other
 * side may put off: 14 of 200 photos of 200 KB took 40 ms longer on one machine. Here a file of up to 1 MiB goes out in one
 * piece. Of a larger one only the ends are copied, where the platform's File copies all of it twice.
 */
export class FormWithFile extends Blob {
	/** Bytes of the whole form. A property of its own: n8n takes an object without any for an empty body. */
	override readonly size: number;
	readonly #head: Buffer;
	readonly #tail: Buffer;
	#bytes: Buffer | undefined;

	/**
	 * @param field name of the form's part
	 * @param bytes content of the file, which must not change until the form is released
	 * @param mimeType of the file, e.g. `image/jpeg`
	 */
	constructor(field: string, bytes: Buffer, fileName: string, mimeType: string) {
		// A Blob's type is in lower case. 36 to the power of 32: no file holds it by chance.
		const boundary = `n8n-${randomString(32).toLowerCase()}`;
		super([], { type: `multipart/form-data; boundary=${boundary}` });
		this.#head = Buffer.from(
			`--${boundary}\r\n` +
				`Content-Disposition: form-data; name="${escaped(field)}"; filename="${escaped(fileName)}"\r\n` +
				`Content-Type: ${mimeType}\r\n\r\n`,
		);
		this.#bytes = bytes;
		this.#tail = Buffer.from(`\r\n--${boundary}--\r\n`);
		this.size = this.#head.length + bytes.length + this.#tail.length;
	}

	override stream(): ReadableStream<Uint8Array> {
		let from = 0;
		return new ReadableStream<Uint8Array>({
			pull: (controller) => {
				const bytes = this.#bytes;
				if (bytes === undefined) {
					controller.close();
					return;
				}
				const until = from + PIECE;
				const piece = bytes.subarray(from, until);
				const head = from === 0 ? this.#head : NOTHING;
				const tail = until >= bytes.length ? this.#tail : NOTHING;
				controller.enqueue(head === NOTHING && tail === NOTHING ? piece : Buffer.concat([head, piece, tail]));
				if (tail !== NOTHING) controller.close();
				from = until;
			},
		});
	}

	/** Gives the file's bytes back, when the form will not be sent again: n8n's request and its streams stay for a while. */
	release(): void {
		this.#bytes = undefined;
	}

	override async arrayBuffer(): Promise<ArrayBuffer> {
		return new Uint8Array(this.whole()).buffer;
	}

	override async text(): Promise<string> {
		return this.whole().toString('utf8');
	}

	override slice(start?: number, end?: number, type?: string): Blob {
		return new Blob([this.whole()]).slice(start, end, type);
	}

	private whole(): Buffer {
		return Buffer.concat([this.#head, this.#bytes ?? NOTHING, this.#tail]);
	}
}

/** As browsers write names into a form (WHATWG HTML, multipart/form-data encoding algorithm). */
function escaped(name: string): string {
	return name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
}
