import busboy from 'busboy';

/** One part of a multipart body. */
export interface Part {
	name: string;
	fileName: string | undefined;
	contentType: string;
	bytes: Buffer;
}

/**
 * The parts of a multipart body, read by busboy.
 *
 * @param contentType the request's header, which names the boundary
 */
export async function partsOf(body: Buffer, contentType: string): Promise<Part[]> {
	return await new Promise((resolve, reject) => {
		const parts: Part[] = [];
		const parser = busboy({ headers: { 'content-type': contentType }, preservePath: true, defParamCharset: 'utf8' });
		parser.on('file', (name, stream, { filename, mimeType }) => {
			const pieces: Buffer[] = [];
			stream.on('data', (piece: Buffer) => pieces.push(piece));
			stream.on('end', () =>
				parts.push({ name, fileName: filename, contentType: mimeType, bytes: Buffer.concat(pieces) }),
			);
		});
		parser.on('field', (name, value) => {
			parts.push({ name, fileName: undefined, contentType: '', bytes: Buffer.from(value) });
		});
		parser.on('close', () => resolve(parts));
		parser.on('error', reject);
		parser.end(body);
	});
}
