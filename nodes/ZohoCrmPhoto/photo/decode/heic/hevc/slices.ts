import type { Work } from '../../../work';
import { damaged } from '../../refusal';
import { Cabac } from './cabac';
import type { CodedPicture } from './codedPicture';
import { CodingTree } from './codingTree';
import { CONTEXT_COUNT } from './contexts';
import { Quantisation } from './quantisation';
import { readSampleOffsets } from './sampleOffsets';
import type { Slice, SliceSegment } from './sliceHeader';

/** What a byte of coded data costs, in the unit of `Work`, and what a sample does, in sixteenths. */
const WORK_PER_BYTE = 7;
const WORK_PER_SAMPLE = 20;

/** Decodes the segments of slices into a picture (ITU-T H.265, 7.3.8.1 and 9.3.1). */
export class SliceDecoder {
	private readonly cabac = new Cabac();
	private readonly quantisation: Quantisation;
	private readonly tree: CodingTree;
	/** The contexts at the end of the segment before, and the quantisation. */
	private readonly atEnd = new Uint8Array(CONTEXT_COUNT);
	private quantisationAtEnd = 0;
	/** The contexts after the second block of a row, and the place of that block. */
	private readonly afterSecond = new Uint8Array(CONTEXT_COUNT);
	private second = -1;
	/** How many coding tree blocks are decoded. */
	private decoded = 0;

	/** @param afterRow what is done when a row of coding tree blocks of a picture that is coded by rows is decoded */
	constructor(
		private readonly picture: CodedPicture,
		private readonly afterRow: (row: number) => Work<void>,
	) {
		this.quantisation = new Quantisation(picture);
		this.tree = new CodingTree(picture, this.cabac, this.quantisation);
	}

	/**
	 * Decodes a segment.
	 * @param unit without emulation prevention
	 * @throws Damaged for data that makes no sense or ends early
	 */
	*decode(segment: SliceSegment, unit: Uint8Array): Work<void> {
		const { picture, cabac } = this;
		const { order, slices, columns, sps } = picture;
		const { slice, address, isDependent } = segment;
		cabac.start(unit, segment.dataAt);
		let turn = order.turns[address] ?? 0;
		if (turn < this.decoded) throw damaged('its picture is in pieces that overlap');
		if (turn > this.decoded) throw damaged('a part of its picture is missing');
		this.begin(segment);
		for (let isFirst = true; ; isFirst = false, turn++) {
			const place = order.places[turn];
			if (place === undefined) throw damaged('its picture data makes no sense');
			const row = Math.floor(place / columns);
			picture.hold(row);
			this.beginBlock(slice, place, turn, isFirst && !isDependent);
			slices[place] = slice;
			const from = cabac.position;
			if (slice.hasLumaOffset || slice.hasChromaOffset) readSampleOffsets(cabac, picture, slice, place);
			const x = place % columns << sps.treeLog;
			this.tree.read(slice, x, row << sps.treeLog, sps.treeLog, 0);
			if (cabac.isPastEnd) throw damaged('its picture data ends early');
			yield (WORK_PER_SAMPLE << (2 * sps.treeLog - 4)) + WORK_PER_BYTE * Math.max(0, cabac.position - from);
			const isEnd = cabac.terminate() === 1;
			this.endBlock(place);
			this.decoded++;
			if (picture.isByRows && (place + 1) % columns === 0) yield* this.afterRow(row);
			if (isEnd) break;
			this.endPiece(unit, place, order.places[turn + 1]);
		}
		this.atEnd.set(cabac.contexts);
		this.quantisationAtEnd = this.quantisation.previous;
	}

	private begin({ slice, isDependent }: SliceSegment): void {
		const { picture, cabac, quantisation } = this;
		quantisation.begin(slice);
		if (isDependent) {
			cabac.contexts.set(this.atEnd);
			quantisation.previous = this.quantisationAtEnd;
		} else {
			picture.beginPart();
			cabac.reset(slice.quantisation);
		}
	}

	/** What the first blocks of tiles and of rows that are decoded apart begin with (9.3.1). */
	private beginBlock(slice: Slice, place: number, turn: number, isSliceStart: boolean): void {
		const { picture, cabac, quantisation } = this;
		const { order, columns, pps } = picture;
		const before = turn > 0 ? order.places[turn - 1] : undefined;
		if (before !== undefined && order.tiles[place] !== order.tiles[before]) {
			if (!isSliceStart) picture.beginPart();
			cabac.reset(slice.quantisation);
			quantisation.previous = slice.quantisation;
			return;
		}
		if (!pps.hasWavefronts || turn === 0 || place % columns !== order.tileLefts[place]) return;
		quantisation.previous = slice.quantisation;
		const aboveRight = place - columns + 1;
		// What is kept is of another place where the tile has one column.
		const isThere = !isSliceStart && picture.slices[aboveRight] === slice && this.second === aboveRight;
		if (isThere) cabac.contexts.set(this.afterSecond);
		else cabac.reset(slice.quantisation);
	}

	private endBlock(place: number): void {
		const { order, columns, pps } = this.picture;
		if (!pps.hasWavefronts || (place % columns) - 1 !== order.tileLefts[place]) return;
		this.afterSecond.set(this.cabac.contexts);
		this.second = place;
	}

	/** Goes on with the next tile or row where each is a piece of its own. */
	private endPiece(unit: Uint8Array, place: number, next: number | undefined): void {
		const { cabac } = this;
		const { order, columns, pps } = this.picture;
		if (next === undefined) throw damaged('its picture data makes no sense');
		const isNewTile = order.tiles[next] !== order.tiles[place];
		const isNewRow = pps.hasWavefronts && next % columns === order.tileLefts[next];
		if (!isNewTile && !isNewRow) return;
		if (cabac.terminate() !== 1) throw damaged('its picture data makes no sense');
		cabac.start(unit, cabac.position);
	}
}
