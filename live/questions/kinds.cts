import { takenOr } from '../calls/words.cts';
import { photo } from '../lab/pictures.cts';
import { downloadedKinds, uploadedKind } from './download.cts';
import type { Question } from './question.cts';

/** Photos of the corpus, each with what is special about it. */
const photos: ReadonlyArray<readonly [file: string, about: string]> = [
	['rgb.png', 'A PNG'],
	['rgb-16bit.png', 'A PNG of 16 bits'],
	['rgba-interlaced.png', 'An interlaced PNG with alpha'],
	['animated.png', 'An animated PNG'],
	['baseline.jpg', 'A JPEG'],
	['progressive.jpg', 'A progressive JPEG'],
	['arithmetic.jpg', 'A JPEG in arithmetic coding'],
	['cmyk.jpg', 'A JPEG in CMYK'],
	['still.gif', 'A GIF'],
	['animated.gif', 'An animated GIF'],
	['v3-24bit.bmp', 'A BMP of 24 bits'],
	['core-24bit.bmp', 'A BMP with the oldest header'],
	['palette-256.bmp', 'A BMP with a palette'],
	['rgb565.bmp', 'A BMP of 16 bits'],
	['rle8.bmp', 'A compressed BMP'],
];

/** Whether each kind of picture that Zoho's pages name is taken, however it is made. */
export const kindQuestions: readonly Question[] = photos.map(([file, about]) => ({
	name: `kinds.${file}`,
	text: about,
	assumed: 'taken',
	ask: async (lab) => {
		const known = downloadedKinds.find((one) => one === file);
		if (known) return takenOr((await uploadedKind[known](lab)).uploaded);
		return takenOr(await lab.upload([{ bytes: photo(file), fileName: file }]));
	},
}));
