import { takenOr } from '../calls/words.cts';
import { jpegOfBytes, pngOfPixels } from '../lab/pictures.cts';
import { type Question, TOO_LARGE } from './question.cts';

function ofBytes(bytes: number, text: string, assumed: string): Question {
	return {
		name: `sizes.${bytes}-bytes`,
		text,
		assumed,
		ask: async (lab) => takenOr(await lab.upload([{ bytes: jpegOfBytes(bytes), fileName: 'photo.jpg' }])),
	};
}

function ofPixels(width: number, height: number, text: string, assumed: string, version = 'v8'): Question {
	return {
		name: `sizes.${width * height}-pixels${version === 'v8' ? '' : `-in-${version}`}`,
		text,
		assumed,
		ask: async (lab) => takenOr(await lab.upload(pngOfPixels(width, height), { version })),
	};
}

/** About the limits "10 MB" and "10 MP", of which Zoho does not say what they are to the byte and the pixel. */
export const sizeQuestions: readonly Question[] = [
	ofBytes(10_000_000, 'A photo of 10 x 10^6 bytes', 'taken'),
	ofBytes(10_485_760, 'A photo of 10 x 2^20 bytes', 'taken'),
	ofBytes(10_485_761, 'A photo of one byte more', TOO_LARGE),
	ofPixels(4000, 2500, 'A photo of 10,000,000 pixels', 'taken'),
	ofPixels(909_091, 11, 'A photo of one pixel more', TOO_LARGE),
	ofPixels(4096, 2560, 'A photo of 10 x 2^20 pixels', TOO_LARGE),
	ofPixels(5000, 4000, 'A photo of 20,000,000 pixels in v2', TOO_LARGE.replace('415', '400'), 'v2'),
];
