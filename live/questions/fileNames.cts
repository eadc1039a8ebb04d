import { takenOr } from '../calls/words.cts';
import { photo } from '../lab/pictures.cts';
import { unicodeUpload } from './download.cts';
import type { Question } from './question.cts';

const names: ReadonlyArray<readonly [name: string, text: string, fileName: string]> = [
	['other-extension', 'A JPEG with the name photo.png', 'photo.png'],
	['no-extension', 'A file name without extension', 'photo'],
	// The form's way to write a quote (HTML, "Multipart form data").
	['quotes', 'A file name with quotes', "it's %22me%22.jpg"],
	['255-bytes', 'A file name of 255 bytes', `${'n'.repeat(251)}.jpg`],
];

/** About file names. */
export const fileNameQuestions: readonly Question[] = [
	...names.map(
		([name, text, fileName]): Question => ({
			name: `file-names.${name}`,
			text,
			assumed: 'taken',
			ask: async (lab) => takenOr(await lab.upload([{ bytes: photo('baseline.jpg'), fileName }])),
		}),
	),
	{
		name: 'file-names.unicode',
		text: 'A file name in Unicode',
		assumed: 'taken',
		ask: async (lab) => takenOr(await unicodeUpload(lab)),
	},
];
