import { damaged, unsupported } from '../refusal';
import { readDecoderConfiguration, type DecoderConfiguration } from './container/decoderConfiguration';
import { readGrid } from './container/grid';
import type { HeifFile } from './container/heif';
import { NAL, nalType } from './hevc/nalUnits';
import { readSequenceParameters, type SequenceParameters } from './hevc/sequenceParameters';

/** An item that is a picture of HEVC, or made of tiles that are. */
export interface CodedItem {
	/** Size in pixels. */
	width: number;
	height: number;
	/** The tiles, row by row; one where it is not made of tiles. */
	tiles: readonly number[];
	columns: number;
	rows: number;
	tileWidth: number;
	tileHeight: number;
	/** Of the first tile. */
	sps: SequenceParameters;
}

/** Samples of a tile beside what is shown of it at most: tiles of a small picture are cut, too. */
const MOST_UNSEEN = 1 << 21;

/** What turns or cuts a picture. */
const TRANSFORMS = ['clap', 'irot', 'imir'];

/** What items of other kinds are, by their four letters. */
const OTHERS = new Map([
	['iovl', 'that is laid together of several pictures'],
	['iden', 'that is another picture turned or cut'],
	['av01', 'with an AV1 picture inside'],
	['avc1', 'with an H.264 picture inside'],
	['vvc1', 'with an H.266 picture inside'],
	['jpeg', 'with a JPEG inside'],
	['unci', 'with a picture inside that is not compressed'],
	['tmap', 'that needs its light mapped to be shown'],
]);

/**
 * Opens an item.
 * @param id of the item
 * @throws Damaged for what contradicts itself; Refused for items of other kinds
 */
export function openItem(file: HeifFile, id: number): CodedItem {
	const type = file.typeOf(id);
	if (type === 'grid') return openGrid(file, id);
	refuseOther(file, id);
	const sps = sequenceOf(file, id);
	const { width, height } = shownSize(sps);
	return { width, height, tiles: [id], columns: 1, rows: 1, tileWidth: width, tileHeight: height, sps };
}

function openGrid(file: HeifFile, id: number): CodedItem {
	const { width, height, columns, rows, tiles } = readGrid(file, id);
	const [first = id] = tiles;
	for (const tile of new Set(tiles)) refuseOther(file, tile);
	if (tiles.some((tile) => isTurned(file, tile))) {
		throw unsupported('The photo is a HEIC of tiles that are turned or cut one by one');
	}
	const sps = sequenceOf(file, first);
	const { width: tileWidth, height: tileHeight } = shownSize(sps);
	const hasRoom = columns * tileWidth >= width && rows * tileHeight >= height;
	const isNeeded = (columns - 1) * tileWidth < width && (rows - 1) * tileHeight < height;
	const isEven = columns * rows === 1 || sps.chromaFormat === 0 || (tileWidth % 2 === 0 && tileHeight % 2 === 0);
	if (!hasRoom || !isNeeded || !isEven) throw damaged('its tiles do not make a picture of its size');
	if (tileWidth * tileHeight > 4 * width * height + MOST_UNSEEN) throw damaged('its tiles are far larger than it');
	return { width, height, tiles, columns, rows, tileWidth, tileHeight, sps };
}

function isTurned(file: HeifFile, tile: number): boolean {
	return file
		.propertiesOf(tile)
		.some(({ type, body }) => TRANSFORMS.includes(type) && (type !== 'irot' || body[0] !== 0));
}

function refuseOther(file: HeifFile, id: number): void {
	const type = file.typeOf(id);
	if (type === 'hvc1') return;
	if (type === '') throw damaged('a part of its picture is missing');
	throw unsupported(`The photo is a HEIC ${OTHERS.get(type) ?? 'with a picture inside that is not HEVC'}`);
}

/** The configuration that an item is decoded with. @throws Damaged where it has none */
export function configurationOf(file: HeifFile, id: number): DecoderConfiguration {
	const box = file.propertiesOf(id).find(({ type }) => type === 'hvcC');
	if (box === undefined) throw damaged('its headers are missing');
	return readDecoderConfiguration(box.body);
}

function sequenceOf(file: HeifFile, id: number): SequenceParameters {
	const unit = configurationOf(file, id).units.find((one) => nalType(one) === NAL.SPS);
	if (unit === undefined) throw damaged('its headers are missing');
	return readSequenceParameters(unit);
}

/** The size of the coded pictures of a sequence as they are shown. @throws Damaged where far more is coded than shown */
export function shownSize({ width, height, crop }: SequenceParameters): { width: number; height: number } {
	const shown = { width: width - crop.left - crop.right, height: height - crop.top - crop.bottom };
	if (width * height > 2 * shown.width * shown.height + MOST_UNSEEN)
		throw damaged('its headers leave hardly a picture');
	return shown;
}
