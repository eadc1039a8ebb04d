import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

import busboy from 'busboy';

import type { PartSeen } from '../callLog.cts';
import { drain } from '../network/answer.cts';
import { type ZohoError, zohoErrors } from './errors.cts';

/** A file in a request's body; `bytes` end where too many have come. */
export interface FileSeen {
	fileName: string;
	bytes: Buffer;
	size: number;
}

/** What was found in a request's body. */
export type MultipartVerdict =
	| { file: FileSeen; files: FileSeen[]; parts: PartSeen[] }
	| { error: ZohoError; reason: string; parts: PartSeen[] }
	| { brokenOff: true; parts: PartSeen[] };

/** No gateway takes a body without end. Assumption: 100 MB, as Zoho documents it for attachments. */
const bodyLimit = 100 * 1024 * 1024;
const headLimit = 16 * 1024;
const tailLength = 256;

function refused(error: ZohoError, reason: string, parts: PartSeen[] = []): MultipartVerdict {
	return { error, reason, parts };
}

/** What is wrong with the request's headers, in words; undefined when nothing is. */
function headerFlaw(request: IncomingMessage): string | undefined {
	const contentTypes = request.rawHeaders.filter((name, place) => place % 2 === 0 && /^content-type$/i.test(name));
	// Assumption: Zoho's own PHP sample sends two, once without boundary; whether that works is not known.
	if (contentTypes.length !== 1) return `${contentTypes.length} Content-Type headers`;
	const contentType = request.headers['content-type'] ?? '';
	if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) return `Content-Type ${contentType}`;
	if (boundaryOf(contentType) === undefined) return 'Content-Type without a boundary of 1 to 70 characters';
	// Assumption: Zoho's gateway wants a length; the documentation says nothing of chunked bodies.
	if (request.headers['transfer-encoding'] !== undefined) return 'a chunked body';
	if (request.headers['content-length'] === undefined) return 'no Content-Length';
	return undefined;
}

/** The boundary parameter (RFC 2046 5.1.1: 1 to 70 characters). */
function boundaryOf(contentType: string): string | undefined {
	const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(contentType);
	return match?.[1] ?? match?.[2];
}

/** Keeps the first bytes of the body (with the first part's headers) and the last ones, without keeping the rest. */
class Edges {
	private head = Buffer.alloc(0);
	private headIsWhole = false;
	private tail = Buffer.alloc(0);

	see(chunk: Buffer): void {
		if (!this.headIsWhole && this.head.length < headLimit) {
			this.head = Buffer.concat([this.head, chunk.subarray(0, headLimit - this.head.length)]);
			const end = this.head.indexOf('\r\n\r\n');
			this.headIsWhole = end !== -1;
			if (this.headIsWhole) this.head = Buffer.from(this.head.subarray(0, end));
		}
		this.tail =
			chunk.length >= tailLength
				? Buffer.from(chunk.subarray(-tailLength))
				: Buffer.concat([this.tail, chunk]).subarray(-tailLength);
	}

	/** True when the body begins with the boundary; a line break before it is allowed (Zoho's own C# and PHP samples). */
	startsWith(boundary: string): boolean {
		const text = this.head.toString('latin1', 0, boundary.length + 8);
		return text.startsWith(`--${boundary}\r\n`) || text.startsWith(`\r\n--${boundary}\r\n`);
	}

	/** True when the body ends with the final boundary and nothing but line breaks after it. */
	endsWith(boundary: string): boolean {
		return this.tail
			.toString('latin1')
			.replace(/(\r\n)*$/, '')
			.endsWith(`\r\n--${boundary}--`);
	}

	/** The header lines of the first part. */
	headerLines(): string[] {
		const lines = this.headIsWhole ? this.head.toString('utf8').split('\r\n') : [];
		return lines.filter((line) => line !== '' && !line.startsWith('--'));
	}
}

/** Puts the chunks of a part into one buffer made beforehand, so that the body is copied once. */
class Collector {
	private readonly buffer: Buffer;
	length = 0;

	constructor(room: number) {
		this.buffer = Buffer.allocUnsafeSlow(room);
	}

	add(chunk: Buffer): void {
		if (this.length < this.buffer.length) chunk.copy(this.buffer, this.length);
		this.length += chunk.length;
	}

	bytes(): Buffer {
		return this.buffer.subarray(0, Math.min(this.length, this.buffer.length));
	}
}

/** What the parts say that busboy read, or undefined when there are file parts as Zoho wants them. */
function partsFlaw(
	parts: readonly PartSeen[],
	encodings: readonly string[],
	maxFiles: number,
): { error: ZohoError; reason: string } | undefined {
	if (parts.length === 0) return { error: zohoErrors.noFile, reason: 'no part' };
	if (parts.length > maxFiles) {
		const files = parts.filter((one) => one.fileName !== undefined).length;
		const error = maxFiles === 1 && files > 1 ? zohoErrors.manyFiles : zohoErrors.notMultipart;
		// Assumption: a further part that is not a file is refused; OAS 2026 says additionalProperties: false.
		return { error, reason: `${parts.length} parts` };
	}
	for (const part of parts) {
		const flaw = partFlaw(part);
		if (flaw) return flaw;
	}
	if (encodings.some((encoding) => /^(base64|quoted-printable)$/i.test(encoding))) {
		return { error: zohoErrors.notMultipart, reason: 'the part is encoded (Content-Transfer-Encoding)' };
	}
	return undefined;
}

function partFlaw(part: PartSeen): { error: ZohoError; reason: string } | undefined {
	if (part.name !== 'file') return { error: zohoErrors.noFile, reason: `the part is named "${part.name ?? ''}"` };
	if (!part.fileName) return { error: zohoErrors.noFile, reason: 'the part has no file name' };
	if (part.headerLines.some((line) => /filename\*=/i.test(line))) {
		// RFC 7578 4.2 forbids filename* in form data.
		return { error: zohoErrors.notMultipart, reason: 'the part has a filename* parameter' };
	}
	if (part.length === 0) return { error: zohoErrors.noFile, reason: 'the file is empty' };
	return undefined;
}

/**
 * Reads the body of a photo or of files strictly: busboy, and what busboy forgives (more than one part, a missing file name,
 * text before the first or after the last boundary, a chunked body, a part that is encoded).
 * @param maxBytes the file's bytes are kept up to this many, plus one so that the caller can see that there were more
 * @param maxFiles parts that may come
 */
export async function readMultipart(
	request: IncomingMessage,
	maxBytes: number,
	maxFiles = 1,
): Promise<MultipartVerdict> {
	const flaw = headerFlaw(request);
	const contentType = request.headers['content-type'] ?? '';
	const boundary = boundaryOf(contentType);
	const contentLength = Number(request.headers['content-length'] ?? 0);
	if (flaw !== undefined || boundary === undefined) {
		const whole = await drain(request);
		return whole ? refused(zohoErrors.notMultipart, flaw ?? 'no boundary') : { brokenOff: true, parts: [] };
	}
	if (contentLength > bodyLimit) {
		const whole = await drain(request);
		return whole ? refused(zohoErrors.bodySizeReached, `${contentLength} bytes`) : { brokenOff: true, parts: [] };
	}

	const parts: PartSeen[] = [];
	const encodings: string[] = [];
	const edges = new Edges();
	const collectors: Collector[] = [];
	let parseFlaw: string | undefined;
	const whole = await new Promise<boolean>((resolve) => {
		const parser = busboy({
			headers: { 'content-type': contentType },
			preservePath: true,
			defParamCharset: 'utf8',
			limits: { parts: 20 },
		});
		parser.on('file', (name: string, stream: Readable, info: busboy.FileInfo) => {
			const part: PartSeen = {
				name,
				fileName: typeof info.filename === 'string' ? info.filename : undefined,
				contentType: info.mimeType,
				length: 0,
				headerLines: parts.length === 0 ? edges.headerLines() : [],
			};
			const isWanted = parts.push(part) <= maxFiles;
			const collector = new Collector(isWanted ? Math.min(contentLength, maxBytes + 1) : 0);
			collectors.push(collector);
			encodings.push(info.encoding);
			// busboy tells the part too when the body ends too early; the parser's own event is enough.
			stream.on('error', () => undefined);
			stream.on('data', (chunk: Buffer) => {
				part.length += chunk.length;
				collector.add(chunk);
			});
		});
		parser.on('field', (name: string, value: string, info: busboy.FieldInfo) => {
			const headerLines = parts.length === 0 ? edges.headerLines() : [];
			const length = Buffer.byteLength(value);
			parts.push({ name, fileName: undefined, contentType: info.mimeType, length, headerLines });
		});
		parser.on('error', (reason: unknown) => {
			parseFlaw = reason instanceof Error ? reason.message : 'not a multipart body';
			request.unpipe(parser);
			void drain(request).then(resolve);
		});
		parser.on('close', () => resolve(true));
		request.on('data', (chunk: Buffer) => edges.see(chunk));
		request.on('close', () => {
			if (!request.complete) resolve(false);
		});
		request.pipe(parser);
	});
	if (!whole) return { brokenOff: true, parts };
	if (parseFlaw !== undefined) return refused(zohoErrors.notMultipart, parseFlaw, parts);
	if (!edges.startsWith(boundary)) return refused(zohoErrors.notMultipart, 'text before the first boundary', parts);
	if (!edges.endsWith(boundary)) return refused(zohoErrors.notMultipart, 'no final boundary at the end', parts);
	const wrong = partsFlaw(parts, encodings, maxFiles);
	if (wrong) return refused(wrong.error, wrong.reason, parts);
	const files = collectors.map((collector, place) => ({
		fileName: parts[place]?.fileName ?? '',
		bytes: collector.bytes(),
		size: collector.length,
	}));
	const [file] = files;
	return file ? { file, files, parts } : refused(zohoErrors.noFile, 'no file', parts);
}
