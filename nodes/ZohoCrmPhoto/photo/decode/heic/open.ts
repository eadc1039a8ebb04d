import { wholePlanes, type Metadata, type OpenPicture } from '../picture';
import { ToJpegColours } from './brightness';
import { openItem, type CodedItem } from './codedItem';
import { colourMeaning, MATRIX, type ColourMeaning } from './colourMeaning';
import type { Box } from './container/boxes';
import { ByteReader } from './container/byteReader';
import { HeifFile } from './container/heif';
import { shownOf } from './container/transforms';
import { ItemRows } from './itemRows';
import { exifOfItem, orientedExif } from './orientedExif';
import { rgbRows, type AlphaItem } from './rgbRows';
import { samplingOf, storedPlanes, storedRows } from './storedRows';
import { writtenProfile } from './writtenProfile';

/** What says of an item that it is the alpha of another (ISO/IEC 23008-12, 6.5.8; ITU-T H.265, F.14). */
const ALPHA = ['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1'];

const XMP_TYPE = 'application/rdf+xml';

/**
 * Opens a HEIC: its primary picture, one piece or a grid of tiles, coded as intra pictures of HEVC with 8 to 12 bits a sample
 * (ISO/IEC 23008-12; ITU-T H.265). It is turned by what its properties say, as its Exif then says; what else is in the file
 * (thumbnails, depth, gain maps) is left out.
 * @param data the whole file
 * @throws Refused for what is not decoded; Damaged for what contradicts itself or is cut off
 */
export function openHeic(data: Uint8Array): OpenPicture {
	const file = new HeifFile(data);
	const item = openItem(file, file.primary);
	const properties = file.propertiesOf(file.primary);
	const [firstTile = file.primary] = item.tiles;
	const meaning = colourMeaning([...properties, ...file.propertiesOf(firstTile)], item.sps.signal);
	const shown = shownOf(properties, item.width, item.height);
	const sampling = samplingOf(item.sps.chromaFormat);
	const alpha = alphaOf(file);
	const isOnGrid = shown.x % (1 << sampling.shiftX) === 0 && shown.y % (1 << sampling.shiftY) === 0;
	const { width, height } = shown;
	const common = { width, height, metadata: metadataOf(file, meaning, shown.orientation) };
	if (alpha === undefined && isOnGrid && meaning.matrix !== MATRIX.IDENTITY) {
		const turning = ToJpegColours.isNeeded(meaning) ? new ToJpegColours(meaning) : undefined;
		return {
			...common,
			colours: 'stored',
			planes: storedPlanes(sampling, width, height),
			hasAlpha: false,
			rows: (sinks) => storedRows(new ItemRows(file, item), shown, sampling, turning, sinks),
		};
	}
	if (meaning.matrix !== MATRIX.IDENTITY) ToJpegColours.isNeeded(meaning);
	return {
		...common,
		colours: sampling.count === 1 ? 'stored' : 'rgb',
		planes: wholePlanes(sampling.count, width, height),
		hasAlpha: alpha !== undefined,
		rows: (sinks) => {
			const opened = alpha === undefined ? undefined : openAlpha(file, alpha);
			return rgbRows(new ItemRows(file, item), item, shown, sampling, meaning, opened, sinks);
		},
	};
}

interface Alpha {
	item: CodedItem;
	isMultiplied: boolean;
}

function alphaOf(file: HeifFile): Alpha | undefined {
	const id = file.referringTo('auxl', file.primary).find((one) => file.propertiesOf(one).some(isAlpha));
	if (id === undefined) return undefined;
	return { item: openItem(file, id), isMultiplied: file.referredFrom('prem', file.primary).includes(id) };
}

function isAlpha({ type, body }: Box): boolean {
	if (type !== 'auxC') return false;
	const reader = new ByteReader(body);
	reader.versionAndFlags();
	return ALPHA.includes(reader.text());
}

function openAlpha(file: HeifFile, { item, isMultiplied }: Alpha): AlphaItem {
	return { rows: new ItemRows(file, item), width: item.width, height: item.height, isMultiplied };
}

function metadataOf(file: HeifFile, { icc, primaries }: ColourMeaning, orientation: number): Metadata {
	const item = file.description('Exif');
	return {
		exif: orientedExif(item === undefined ? undefined : exifOfItem(item), orientation),
		icc: icc ?? writtenProfile(primaries),
		xmp: file.description('mime', XMP_TYPE),
	};
}
