/** JSON as a body that can be sent any number of times (see calls/formWithFile.ts for what n8n's client takes of it). */
export class JsonBody extends Blob {
	/** Bytes of the text. A property of its own: n8n takes an object without any for an empty body. */
	override readonly size: number;

	constructor(value: object) {
		const text = Buffer.from(JSON.stringify(value));
		super([text], { type: 'application/json' });
		this.size = text.length;
	}
}
