/** Says that a video follows the picture (Android's Motion Photo format 1.0 and its forerunner). */
const VIDEO = /(?<=(?:MotionPhoto|MicroVideo)(?:="|='|>))1(?=["'<])/g;

/** Says that a gain map follows it (Android's Ultra HDR format 1.0; Apple's). */
const GAIN_MAP = /\s(?:hdrgm:Version|HDRGainMap:HDRGainMapVersion)=(?:"[^"]{0,40}"|'[^']{0,40}')/g;
const GAIN_MAP_ELEMENT = /<(hdrgm:Version|HDRGainMap:HDRGainMapVersion)>[^<]{0,40}<\/\1>/g;

/** Says that the rest of the XMP stands in other segments (XMP part 3, 1.1.3.1). */
const MORE_XMP = /\sxmpNote:HasExtendedXMP=(?:"[^"]{0,40}"|'[^']{0,40}')/g;

/** Lists the picture and what follows it, with the lengths (Google's Container format 1.0, under both of its names). */
const DIRECTORIES = ['Container:Directory', 'GContainer:Directory'];

/**
 * An XMP packet that says no longer that something stands behind the picture: a video, a gain map, or further pictures.
 * @param body of its segment, with its name
 * @param isCut whether the XMP in other segments goes, too
 */
export function ofPictureAlone(body: Uint8Array, isCut: boolean): Uint8Array {
	let text = Buffer.from(body).toString('latin1');
	text = text.replace(VIDEO, '0').replace(GAIN_MAP, '').replace(GAIN_MAP_ELEMENT, '');
	if (isCut) text = text.replace(MORE_XMP, '');
	for (const name of DIRECTORIES) {
		const from = text.indexOf(`<${name}`);
		const close = `</${name}>`;
		const to = text.lastIndexOf(close);
		if (from >= 0 && to > from) text = text.slice(0, from) + text.slice(to + close.length);
	}
	return Buffer.from(text, 'latin1');
}
