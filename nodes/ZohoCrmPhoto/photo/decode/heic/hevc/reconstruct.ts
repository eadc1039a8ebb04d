import type { Cabac } from './cabac';
import type { CodedPicture } from './codedPicture';
import { CONTEXT } from './contexts';
import { addTransformed, addUntransformed, type Target } from './inverseTransform';
import type { Quantisation } from './quantisation';
import { ResidualReader, type BlockCoding } from './residual';
import { levelScale, levelShift } from './scaling';
import type { ScalingFactors } from './scalingLists';
import { SCAN } from './scans';

/** Reads the differences of blocks from their prediction and adds them (ITU-T H.265, 7.3.8.11 and 8.6). */
export class Reconstructor {
	private readonly reader: ResidualReader;
	private readonly factors: ScalingFactors | undefined;
	private readonly block: BlockCoding;
	private readonly target: Target = { samples: new Uint16Array(0), at: 0, stride: 0, log: 2, depth: 8 };

	constructor(
		private readonly picture: CodedPicture,
		private readonly cabac: Cabac,
		private readonly quantisation: Quantisation,
	) {
		const { sps, pps } = picture;
		this.reader = new ResidualReader(cabac);
		this.factors = sps.scalingFactors === undefined ? undefined : (pps.scalingFactors ?? sps.scalingFactors);
		this.block = {
			...{ colour: 0, log: 2, scan: SCAN.DIAGONAL, hidesSigns: pps.hidesSigns, isLossless: false },
			...{ scale: 0, shift: 1, factors: undefined },
		};
	}

	/**
	 * Reads the coefficients of a block and adds what they stand for to its samples.
	 * @param colour 0 is luma
	 * @param x in samples of that colour
	 * @param log log2 of the block's side
	 * @param mode of its prediction
	 * @throws Damaged for data that makes no sense
	 */
	add(colour: number, x: number, y: number, log: number, mode: number, isLossless: boolean): void {
		const { picture, cabac, reader, block, target } = this;
		const plane = picture.planes[colour];
		if (plane === undefined) return;
		const { samples, stride, origin, depth } = plane;
		const maySkip = picture.pps.hasTransformSkip && !isLossless && log === 2;
		const isSkipped = maySkip && cabac.bin(CONTEXT.TRANSFORM_SKIP + (colour === 0 ? 0 : 1)) === 1;
		block.colour = colour;
		block.log = log;
		block.scan = this.scanOf(colour, log, mode);
		block.isLossless = isLossless;
		block.scale = levelScale(this.quantisation.scaled[colour] ?? 0);
		block.shift = levelShift(depth, log);
		block.factors = this.factors?.[log - 2]?.[colour];
		reader.read(block);
		target.samples = samples;
		target.at = y * stride + x - origin;
		target.stride = stride;
		target.log = log;
		target.depth = depth;
		const { coefficients, lastX, lastY } = reader;
		if (isLossless || isSkipped) addUntransformed(target, coefficients, lastX, lastY, isLossless);
		else addTransformed(target, coefficients, lastX, lastY, colour === 0 && log === 2);
	}

	/** ITU-T H.265, 7.4.9.11: small blocks that are predicted across are scanned down, and the other way round. */
	private scanOf(colour: number, log: number, mode: number): number {
		const isSmall = log === 2 || (log === 3 && (colour === 0 || this.picture.sps.chromaFormat === 3));
		if (!isSmall) return SCAN.DIAGONAL;
		if (mode >= 6 && mode <= 14) return SCAN.COLUMNS;
		return mode >= 22 && mode <= 30 ? SCAN.ROWS : SCAN.DIAGONAL;
	}
}
