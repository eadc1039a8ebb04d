import { takenOr } from '../calls/words.cts';
import { otherFile, photo } from '../lab/pictures.cts';
import { NOT_AN_IMAGE, type Question } from './question.cts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

/** A GIF's trailer is its last byte; a JPEG's end marker its last two. */
function cutBy(file: string, bytes: number): Buffer {
	return photo(file).subarray(0, -bytes);
}

const files: ReadonlyArray<readonly [name: string, text: string, fileName: string, bytes: () => Buffer]> = [
	['webp', 'A WebP, sent as it is', 'photo.webp', () => otherFile('lossy.webp')],
	['webp-as-jpg', 'A WebP under the name photo.jpg', 'photo.jpg', () => otherFile('lossy.webp')],
	['heic', 'A HEIC, sent as it is', 'photo.heic', () => otherFile('phone.heic')],
	['avif', 'An AVIF, sent as it is', 'photo.avif', () => otherFile('web.avif')],
	['svg', 'An SVG, sent as it is', 'photo.svg', () => Buffer.from(svg)],
	['text-as-jpg', 'A text under the name photo.jpg', 'photo.jpg', () => Buffer.from('This is no picture.\n'.repeat(9))],
	['jpeg-without-end', 'A JPEG without end marker', 'photo.jpg', () => cutBy('baseline.jpg', 2)],
	['gif-without-end', 'A GIF without trailer', 'photo.gif', () => cutBy('still.gif', 1)],
	['png-cut-off', 'A PNG that is cut off', 'photo.png', () => cutBy('rgb.png', 20)],
	['bmp-cut-off', 'A BMP that is cut off', 'photo.bmp', () => cutBy('v3-24bit.bmp', 200)],
];

/** About what is none of the four kinds, or not whole. */
export const otherKindQuestions: readonly Question[] = files.map(([name, text, fileName, bytes]) => ({
	name: `other-kinds.${name}`,
	text,
	assumed: NOT_AN_IMAGE,
	ask: async (lab) => takenOr(await lab.upload([{ bytes: bytes(), fileName }])),
}));
