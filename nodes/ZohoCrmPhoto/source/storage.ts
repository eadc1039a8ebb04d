import { chainOf } from '../network/noAnswer';
import { quoted } from '../text';

/** n8n's own reason for what its binary storage could not do, behind a colon; nothing where it gives none. */
export function reasonOf(fault: unknown): string {
	const said = quoted(chainOf(fault).flatMap(({ texts }) => texts)[0] ?? '');
	return said === '' ? '' : `: ${said.replace(/\.$/, '')}`;
}

/**
 * Whether a file is not there, rather than out of reach: n8n's own errors (`File not found`, `Binary data file not found`),
 * Node's ENOENT, and the HTTP status 404 or the code NoSuchKey of stores elsewhere.
 */
export function isNotFound(fault: unknown): boolean {
	return chainOf(fault).some(
		({ codes, texts, status }) =>
			status === 404 ||
			codes.some((code) => ['ENOENT', 'NoSuchKey', 'BlobNotFound', '404'].includes(code)) ||
			texts.some((text) => /\bfile not found\b|\bENOENT\b|\bNoSuchKey\b|\bstatus code 404\b/i.test(text)),
	);
}
