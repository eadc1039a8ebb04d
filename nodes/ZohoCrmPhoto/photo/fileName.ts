import { fromEncodedWords } from './encodedWords';
import { PHOTO_KINDS, type PhotoFacts } from './photoKinds';

/** Zoho CRM's pages name no limit; 100 characters (with the extension) hold every name that people give to a photo. */
const MOST_CHARACTERS = 100;
/** The longest name that ext4 and most other file systems can store, for scripts of three or four bytes a character. */
const MOST_BYTES = 255;
const NAMELESS = 'photo';

/**
 * Extensions that are taken off when they disagree with the bytes. Any other ending is part of the name ("J.Smith",
 * "v1.2") and stays.
 */
const KNOWN_EXTENSIONS = new Set(
	(
		'png apng mng jng jpg jpeg jpe jif jfif pjpeg pjp gif bmp dib webp heic heif hif avif tif tiff svg svgz ico cur ' +
		'psd psb jxl jp2 j2k jpx jpf jxr wdp tga pcx xcf eps ps ai dds exr hdr qoi raw cr2 cr3 crw nef arw dng orf rw2 raf ' +
		'pdf doc docx xls xlsx ppt pptx odt ods odp rtf txt csv md log htm html xhtml xml json php asp aspx jsp cgi do ' +
		'mp4 m4v mov avi mkv webm mpg mpeg 3gp mp3 m4a wav ogg flac zip tar gz tgz bz2 xz 7z rar ' +
		'bin dat data tmp temp part crdownload download file octet-stream blob img image bak exe'
	).split(' '),
);

/** Characters without a width, and those that turn the direction of writing (which can disguise an extension). */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE_NAME = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/** Spaces of a fixed width, or at which no line may break: macOS puts one before "PM" in the names of screenshots. */
const OTHER_SPACES = /[\u00a0\u2000-\u200a\u202f\u205f]/g;

/** The part of a name before a query, as names have it that are made of addresses: "photo.jpg?width=200". */
function withoutQuery(name: string): string {
	const query = name.indexOf('?');
	const front = query < 0 ? name : name.slice(0, query);
	return KNOWN_EXTENSIONS.has(split(front)[1].toLowerCase()) ? front : name;
}

/**
 * The last part of a path, without the characters that break a header, mislead a reader or name something other than a
 * file. Encoded words of mails are decoded, letters are composed, and other spaces become plain ones. A zero-width joiner stays
 * between two characters that it joins (emoji, Persian and Indic names).
 * @param wanted a name as somebody gave it, possibly with a path
 * @returns the name, of any length; empty where nothing is left
 */
export function cleanFileName(wanted: string): string {
	const lastPart = withoutQuery(fromEncodedWords(wanted))
		.split(/[/\\]/)
		.filter((part) => part.trim() !== '')
		.at(-1);
	return (lastPart ?? '')
		.normalize('NFC')
		.replace(OTHER_SPACES, ' ')
		.replace(/(?<![^\p{ASCII}])[\u200c\u200d]|[\u200c\u200d](?![^\p{ASCII}])/gu, '')
		.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
		.replace(INVISIBLE, '')
		.replace(/[":*?<>|]/g, '_')
		.trim();
}

/** Takes the dots and the white space off the end. A loop, as a pattern tries each run of them from each of its characters. */
function endingInWord(name: string): string {
	let end = name.length;
	while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end--;
	return name.slice(0, end);
}

/** Splits at the last dot: "a.b.jpg" is "a.b" and "jpg"; without a dot the extension is empty. */
function split(name: string): [stem: string, extension: string] {
	const dot = name.lastIndexOf('.');
	return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** Cuts whole characters off the end of the stem until stem and ending are within both limits. */
function shortened(stem: string, ending: string): string {
	const characters = [...stem].slice(0, MOST_CHARACTERS - ending.length);
	while (Buffer.byteLength(characters.join('') + ending) > MOST_BYTES) characters.pop();
	return characters.join('');
}

/**
 * The file name to send for a photo: safe in a header and as a file, in the wanted words and script, with an extension
 * that fits the bytes (Zoho CRM's samples all send one).
 *
 * An extension that fits stays as it is written (".JPEG"); a known one that does not fit is replaced (".jfif", ".bin",
 * ".webp"); any other ending is taken for a part of the name, and the extension is added.
 * @param wanted the name as the user or the binary field has it, possibly with a path
 * @param facts the photo
 * @returns a name of at most 100 characters and 255 bytes, never empty; "photo.jpg" and so on when none was given
 */
export function sentFileName(wanted: string | undefined, facts: PhotoFacts): string {
	const { extension, alsoFitting } = PHOTO_KINDS[facts.kind];
	const fits = (candidate: string) => [extension, ...alsoFitting].includes(candidate.toLowerCase());
	let name = endingInWord(cleanFileName(wanted ?? ''));
	if (KNOWN_EXTENSIONS.has(split(name)[1].toLowerCase()) && !fits(split(name)[1])) name = split(name)[0];
	const [stem, ending] = fits(split(name)[1]) ? split(name) : [name, extension];
	const safe = endingInWord(stem.replace(/^[.\s]+/, '')).replace(DEVICE_NAME, '_$&');
	const short = shortened(safe, `.${ending}`).replace(/[.\s\u200c\u200d]+$/, '');
	return `${short === '' ? NAMELESS : short}.${ending}`;
}
