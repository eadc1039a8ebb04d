import { ADOBE, begins, JFIF, type Application } from '../../formats/jpegApplications';
import { MARKER } from '../../formats/jpegSegments';

/**
 * The places of the components that are colour differences, to which the eye is less keen: told as libjpeg's jdapimin.c
 * tells it.
 * @param ids the identifiers of the components
 * @param segments the application segments of the photo
 */
export function colourDifferences(ids: number[], segments: readonly Application[]): Set<number> {
	const adobe = segments.find((one) => one.marker === MARKER.APP14 && begins(one, ADOBE));
	const jfif = segments.some((one) => one.marker === MARKER.APP0 && begins(one, JFIF));
	const transform = adobe?.body[11];
	const namedRgb = String.fromCharCode(...ids) === 'RGB' && adobe === undefined;
	const converted = ids.length === 3 ? jfif || (transform !== 0 && !namedRgb) : ids.length === 4 && transform === 2;
	return new Set(converted ? [1, 2] : []);
}
