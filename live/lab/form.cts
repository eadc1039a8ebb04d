/** One part of a form, as it is to be written. */
export interface FormPart {
	bytes: Buffer;
	/** Default `file`. */
	name?: string;
	/** Written as it is; null: none. Default `photo.png`. */
	fileName?: string | null;
	/** Its further header lines. Default: the content type that fits the file name. */
	headers?: readonly string[];
	/** Behind the file name, such as `; filename*=UTF-8''photo.png`. */
	more?: string;
}

const boundary = 'photo-check-7c1e9b52d4';

/** The content type of `formBody`. */
export const FORM_TYPE = `multipart/form-data; boundary=${boundary}`;

/** The content type by the extension, as most clients send it. */
function typeLines(fileName: string | null): string[] {
	const extension = /\.(\w+)$/.exec(fileName ?? '')?.[1] ?? '';
	const type = { jpg: 'jpeg' }[extension] ?? extension;
	return [type === '' ? 'Content-Type: application/octet-stream' : `Content-Type: image/${type}`];
}

/** Writes a form byte by byte, so that each of its flaws can be chosen. */
export function formBody(parts: readonly FormPart[]): Buffer {
	const written = parts.flatMap(
		({ bytes, name = 'file', fileName = 'photo.png', headers = typeLines(fileName), more = '' }) => {
			const named = fileName === null ? '' : `; filename="${fileName}"`;
			const lines = [
				`--${boundary}`,
				`Content-Disposition: form-data; name="${name}"${named}${more}`,
				...headers,
				'',
				'',
			];
			return [Buffer.from(lines.join('\r\n')), bytes, Buffer.from('\r\n')];
		},
	);
	return Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]);
}
