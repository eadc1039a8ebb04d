import { recognise } from './recognise/recognise';

/** Kinds that count as images because a program can draw them, and are documents to whoever sends them. */
const DOCUMENTS = ['PDF', 'PostScript', 'EPS'];

/**
 * Whether a file is a picture of any kind, also one that Zoho CRM does not take or that was damaged on its way.
 *
 * @param front its first bytes, a few thousand
 */
export function isPicture(front: Buffer): boolean {
	if (front.length === 0) return false;
	const recognised = recognise(front);
	if (recognised.as === 'otherImage') return !DOCUMENTS.includes(recognised.name);
	return recognised.as === 'photo' || recognised.as === 'damaged';
}
