import { imageSize } from 'image-size';

import type { HttpAnswer } from '../calls/transport.cts';
import { inWords } from '../calls/words.cts';
import { type Lab, NotAsked } from '../lab/lab.cts';
import { photo } from '../lab/pictures.cts';
import { shared } from '../lab/shared.cts';
import type { Question } from './question.cts';

/** One photo of each kind, which is looked at again after the upload. */
export const downloadedKinds = ['rgb.png', 'baseline.jpg', 'still.gif', 'v3-24bit.bmp'] as const;

type DownloadedKind = (typeof downloadedKinds)[number];

const mimeTypes: Record<DownloadedKind, string> = {
	'rgb.png': 'image/png',
	'baseline.jpg': 'image/jpeg',
	'still.gif': 'image/gif',
	'v3-24bit.bmp': 'image/bmp',
};

interface UpAndDown {
	uploaded: HttpAnswer;
	downloaded: HttpAnswer;
}

function upAndDown(bytes: Buffer, fileName: string): (lab: Lab) => Promise<UpAndDown> {
	return shared(async (lab) => {
		const uploaded = await lab.upload([{ bytes, fileName }]);
		return { uploaded, downloaded: await lab.download() };
	});
}

function uploadOf(kind: DownloadedKind): (lab: Lab) => Promise<UpAndDown> {
	return upAndDown(photo(kind), `photo of ${kind}`);
}

/** The upload of each of those photos, and what is there after it. */
export const uploadedKind: Record<DownloadedKind, (lab: Lab) => Promise<UpAndDown>> = {
	'rgb.png': uploadOf('rgb.png'),
	'baseline.jpg': uploadOf('baseline.jpg'),
	'still.gif': uploadOf('still.gif'),
	'v3-24bit.bmp': uploadOf('v3-24bit.bmp'),
};

const unicodeName = 'Größe 写真.png';
const unicodePhoto = upAndDown(photo('rgb.png'), unicodeName);

async function stored(make: (lab: Lab) => Promise<UpAndDown>, lab: Lab): Promise<HttpAnswer> {
	const { uploaded, downloaded } = await make(lab);
	lab.resting(uploaded, 'the upload');
	return downloaded;
}

/** A download that came; what else it tells is asked only then. */
async function came(make: (lab: Lab) => Promise<UpAndDown>, lab: Lab): Promise<HttpAnswer> {
	const answer = await stored(make, lab);
	if (answer.status !== 200) throw new NotAsked('the download was refused');
	return answer;
}

/** Whether what came is what went, and else in what it differs. */
function compared(sent: Buffer, answer: HttpAnswer): string {
	if (answer.status !== 200) return inWords(answer);
	if (answer.body.equals(sent)) return 'as sent';
	try {
		const [went, came] = [imageSize(sent), imageSize(answer.body)];
		if (went.type !== came.type) return `made into ${came.type ?? 'something else'}`;
		const isAsLarge = went.width === came.width && went.height === came.height;
		return isAsLarge ? 'other bytes, as many pixels' : 'other bytes, another number of pixels';
	} catch {
		return 'no picture';
	}
}

/** The file name that an answer tells; undefined when it tells none (RFC 6266, RFC 5987). */
function toldName(answer: HttpAnswer): string | undefined {
	const header = answer.headers['content-disposition'] ?? '';
	const extended = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(header)?.[1];
	try {
		if (extended !== undefined) return decodeURIComponent(extended);
	} catch {
		return extended;
	}
	const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(header);
	// Node gives header bytes one by one: those of UTF-8 are put together again.
	return plain ? Buffer.from(plain[1] ?? plain[2] ?? '', 'latin1').toString('utf8') : undefined;
}

function nameInWords(sent: string, answer: HttpAnswer): string {
	if (answer.status !== 200) return inWords(answer);
	const told = toldName(answer);
	if (told === undefined) return 'no name';
	return told === sent ? 'as sent' : 'another one';
}

/** About what a download gives. */
export const downloadQuestions: readonly Question[] = [
	...downloadedKinds.flatMap((kind): Question[] => [
		{
			name: `download.bytes-of-${kind}`,
			text: `The bytes of ${kind}, downloaded`,
			assumed: 'as sent',
			ask: async (lab) => compared(photo(kind), await stored(uploadedKind[kind], lab)),
		},
		{
			name: `download.type-of-${kind}`,
			text: `The content type of ${kind}, downloaded`,
			assumed: `${mimeTypes[kind]};charset=UTF-8`,
			ask: async (lab) => {
				const { headers } = await came(uploadedKind[kind], lab);
				return String(headers['content-type'] ?? 'none');
			},
		},
	]),
	{
		name: 'download.name',
		text: 'The file name that a download tells',
		assumed: 'as sent',
		ask: async (lab) => nameInWords('photo of rgb.png', await came(uploadedKind['rgb.png'], lab)),
	},
	{
		name: 'download.name-form',
		text: 'The Content-Disposition of a download',
		assumed: "attachment;filename*=UTF-8''NAME",
		ask: async (lab) => {
			const answer = await came(uploadedKind['rgb.png'], lab);
			const header = answer.headers['content-disposition'] ?? 'none';
			return header.replace(/(filename\s*=\s*"?|filename\*\s*=\s*[\w-]*'[\w-]*')[^;"]*/gi, '$1NAME');
		},
	},
	{
		name: 'download.unicode-name',
		text: 'A file name in Unicode, downloaded',
		assumed: 'as sent',
		ask: async (lab) => nameInWords(unicodeName, await stored(unicodePhoto, lab)),
	},
];

/** The upload under a Unicode name, for the question about file names. */
export async function unicodeUpload(lab: Lab): Promise<HttpAnswer> {
	return (await unicodePhoto(lab)).uploaded;
}
