import { takenOr } from '../calls/words.cts';
import type { FormPart } from '../lab/form.cts';
import { photo } from '../lab/pictures.cts';
import { NO_FILE, NOT_A_FORM, type Question } from './question.cts';

const bytes = photo('baseline.jpg');
const fileName = 'photo.jpg';

function form(name: string, text: string, assumed: string, ...parts: FormPart[]): Question {
	return { name: `form.${name}`, text, assumed, ask: async (lab) => takenOr(await lab.upload(parts)) };
}

/** About the multipart form, of which Zoho's pages say the name of the part alone. */
export const formQuestions: readonly Question[] = [
	form('part-without-type', 'A part without a content type', 'taken', { bytes, fileName, headers: [] }),
	form('part-of-other-type', 'A JPEG that is called image/png', 'taken', {
		bytes,
		fileName,
		headers: ['Content-Type: image/png'],
	}),
	form('other-part-name', 'A part that is not named "file"', NO_FILE, { bytes, fileName, name: 'photo' }),
	form('no-file-name', 'A part without a file name', NO_FILE, { bytes, fileName: null }),
	form('empty-file', 'An empty file', NO_FILE, { bytes: Buffer.alloc(0), fileName }),
	form(
		'two-files',
		'Two files',
		'400 INVALID_DATA: The request contains more than one file',
		{ bytes, fileName },
		{ bytes, fileName },
	),
	form(
		'further-field',
		'A further part that is no file',
		NOT_A_FORM,
		{ bytes, fileName },
		{ bytes: Buffer.from('a photo'), name: 'description', fileName: null, headers: [] },
	),
	form('extended-name', 'A part with filename*', NOT_A_FORM, { bytes, fileName, more: "; filename*=UTF-8''photo.jpg" }),
	{
		name: 'form.no-form',
		text: 'The photo alone, without a form',
		assumed: NOT_A_FORM,
		ask: async (lab) => takenOr(await lab.upload(bytes, { contentType: 'image/jpeg', body: bytes })),
	},
	{
		name: 'form.chunked',
		text: 'A body in chunks, without a length',
		assumed: NOT_A_FORM,
		ask: async (lab) => takenOr(await lab.upload([{ bytes, fileName }], { isChunked: true })),
	},
];
