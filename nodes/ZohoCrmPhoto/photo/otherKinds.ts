import { imageSize } from 'image-size';
import { editImageBefore, FIT_OPTION, type Size } from './editImage';
import type { FileHint, Plain } from './recognise/recognised';
import { otherPictureKind } from './pictureKinds';
import { grouped } from './quantities';
import type { PhotoRefusal } from './refusal';
import { sizeWithinLimits } from './tooLarge';

const TAKEN = 'it takes PNG, JPEG, GIF and BMP';

/** What to do, by the mishap that the file points to. */
const ADVICE: Record<FileHint, string> = {
	webPage:
		'Most probably the download link gave a page (to sign in, to preview or a notice) instead of the picture: use ' +
		'the direct address of the image, and give the node that downloads it the credential that the site asks for.',
	apiAnswer:
		'Most probably an API answered with data instead of the picture: read that answer, then correct the address ' +
		'or the credential in the node that downloads the photo.',
	base64:
		'Put a Convert to File node before this one: Operation "Move Base64 String to File", with only the characters ' +
		'after "base64," if the text begins with "data:".',
	mimePart:
		'Give a Convert to File node before this one what stands behind the first empty line: Operation "Move Base64 ' +
		'String to File".',
	hex:
		'Turn the digits into bytes in a Code node before this one: Buffer.from(digits, "hex"), without "\\x" or "0x" in ' +
		'front, then this.helpers.prepareBinaryData(bytes, "photo.jpg").',
	byteList:
		'Turn the numbers into bytes in a Code node before this one: Buffer.from(numbers), then ' +
		'this.helpers.prepareBinaryData(bytes, "photo.jpg").',
	appleDouble: 'The picture is the file with the same name without "._" in front of it: pass on that one.',
	text: 'Look at the output of the node that provides the photo, and pass on the binary field that holds the image.',
	wrongFile: 'Pass on the binary field that holds the image, or pick another file at the source.',
};

/** Photos from phones come in these kinds; the phone can be told to take JPEG. */
const FROM_PHONES = ['HEIC/HEIF'];

/** A WebP's size stands in its first 30 bytes; shown more, image-size may search all of a broken file. */
const WEBP_FRONT = 64;

/** The size to resize a WebP or TIFF to, which Edit Image converts; undefined where the picture's own is not told. */
function sizeToSend(bytes: Buffer, name: string): Size | undefined {
	if (name !== 'WebP' && name !== 'TIFF') return undefined;
	try {
		const { type = '', width, height } = imageSize(name === 'WebP' ? bytes.subarray(0, WEBP_FRONT) : bytes);
		const isKnown = ['webp', 'tiff', 'bigtiff'].includes(type) && width > 0 && height > 0;
		return isKnown ? sizeWithinLimits({ width, height }) : undefined;
	} catch {
		return undefined;
	}
}

function otherImage(bytes: Buffer, name: string, editImageReads: boolean): PhotoRefusal {
	let description = 'Convert it to JPEG or PNG before it reaches n8n: the Edit Image node cannot read this kind.';
	if (editImageReads) description = editImageBefore(sizeToSend(bytes, name), true);
	if (otherPictureKind(name) !== undefined) description += ` ${FIT_OPTION}`;
	if (FROM_PHONES.includes(name)) {
		description += ' On an iPhone, set Settings > Camera > Formats to "Most Compatible" to take JPEG photos.';
	}
	return {
		code: 'UNSUPPORTED_FILE_TYPE',
		message: `The file is ${name}, which Zoho CRM does not take (${TAKEN})`,
		description,
	};
}

/**
 * The refusal of a picture that other bytes stand before: neither browsers nearly any program open such a file.
 * @param before what stands before it, with its verb
 * @param label what people call the picture's kind
 */
export function refuseBehind(before: string, label: string): PhotoRefusal {
	return {
		code: 'CORRUPT_IMAGE',
		message: `${before} before the ${label}, so that programs do not know it as a picture`,
		description: `Look at what writes the file: nothing may come before the picture. ${FIT_OPTION}`,
	};
}

/**
 * The refusal of a file that is none of the four kinds.
 * @param bytes the whole file
 * @param recognised what it is
 * @returns `UNSUPPORTED_FILE_TYPE` for an image of another kind, `CORRUPT_IMAGE` for a picture that was read as text,
 * `NOT_AN_IMAGE` for everything else
 */
export function refuseOtherKind(bytes: Buffer, recognised: Plain): PhotoRefusal {
	switch (recognised.as) {
		case 'otherImage':
			return otherImage(bytes, recognised.name, recognised.editImageReads);
		case 'otherFile': {
			const quote = recognised.quote === undefined ? '' : ` ("${recognised.quote}")`;
			return {
				code: 'NOT_AN_IMAGE',
				message: `The file is ${recognised.name}${quote}, not an image`,
				description: ADVICE[recognised.hint],
			};
		}
		case 'damaged':
			return {
				code: 'CORRUPT_IMAGE',
				message: `The ${recognised.name} was read as text on its way, which destroyed it`,
				description: 'Where it is downloaded, ask for a file: in an HTTP Request node, set Response Format to "File".',
			};
		case 'unknown':
			return {
				code: 'NOT_AN_IMAGE',
				message: `The file (${grouped(bytes.length)} bytes) is not an image of any known kind`,
				description: ADVICE.wrongFile,
			};
	}
}
