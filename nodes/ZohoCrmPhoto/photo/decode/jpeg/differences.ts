import { ADOBE, begins, JFIF, type Application } from '../../formats/jpegApplications';
import { MARKER } from '../../formats/jpegSegments';

/** A shorter segment of Adobe's says nothing (jdmarker.c, APP14_DATA_LEN). */
const ADOBE_LENGTH = 12;

/**
 * The places of the components that are colour differences, to which the eye is less keen: told as libjpeg's jdapimin.c
 * tells it.
 * @param ids the identifiers of the components
 * @param segments the application segments of the photo
 */
export function colourDifferences(ids: number[], segments: readonly Application[]): Set<number> {
	const adobe = segments.find((one) => {
		return one.marker === MARKER.APP14 && begins(one, ADOBE) && one.body.length >= ADOBE_LENGTH;
	});
	const jfif = segments.some((one) => one.marker === MARKER.APP0 && begins(one, JFIF));
	const transform = adobe?.body[11];
	const namedRgb = String.fromCharCode(...ids) === 'RGB' && adobe === undefined;
	const converted =
		ids.length === 3
			? jfif || (transform !== 0 && !namedRgb)
			: ids.length === 4 && adobe !== undefined && transform !== 0;
	return new Set(converted ? [1, 2] : []);
}
