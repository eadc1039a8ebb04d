import type { PhotoKind } from '../photoKinds';

/**
 * What a file is, by its bytes alone.
 * - `photo`: one of the four kinds that Zoho CRM takes.
 * - `otherImage`: an image of another kind; `editImageReads` says whether n8n's Edit Image node can read it.
 * - `otherFile`: no image; `name` with its article ("an MP4 video"). For text, `quote` holds its title or first words,
 *   cleaned and short, and `hint` says which usual mishap the text points to.
 * - `damaged`: a picture that was read as text, which no byte survives; `name` is the kind it was.
 * - `behind`: perhaps one of the four kinds from the byte `start` on; `before` says what stands before it. `otherwise` is what the file
 *   is if there is no sound picture.
 * - `unknown`: none of these.
 */
export type Recognised =
	| { as: 'photo'; kind: PhotoKind }
	| { as: 'otherImage'; name: string; editImageReads: boolean }
	| { as: 'otherFile'; name: string; quote?: string; hint: FileHint }
	| { as: 'damaged'; name: string }
	| { as: 'behind'; start: number; before: string; otherwise: Plain }
	| { as: 'unknown' };

/** What a file is that is no picture of the four kinds, whatever may stand in it. */
export type Plain = Exclude<Recognised, { as: 'photo' | 'behind' }>;

/** The usual ways by which something that is no image comes to stand where a photo should be. */
export type FileHint =
	| 'webPage'
	| 'apiAnswer'
	| 'base64'
	| 'mimePart'
	| 'hex'
	| 'byteList'
	| 'appleDouble'
	| 'text'
	| 'wrongFile';
