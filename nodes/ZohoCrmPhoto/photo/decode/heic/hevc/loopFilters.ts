import type { Work } from '../../../work';
import { OffsetAdder } from './addOffsets';
import type { CodedPicture } from './codedPicture';
import { EdgeSmoother } from './smoothEdges';

/**
 * Puts the loop filters to work while a picture is decoded, row by row of coding tree blocks (ITU-T H.265, 8.7): edges of a row
 * are smoothed when the one below is decoded, as that is predicted from samples that are not; offsets are added when the
 * edges below are smoothed.
 */
export class LoopFilters {
	private readonly edges: EdgeSmoother;
	private readonly offsets: OffsetAdder;

	constructor(private readonly picture: CodedPicture) {
		this.edges = new EdgeSmoother(picture);
		this.offsets = new OffsetAdder(picture);
	}

	/** Does what can be done when a row is decoded; all rows come in their order. */
	*afterRow(row: number): Work<void> {
		if (row > 0) yield* this.smooth(row - 1);
		if (row === this.picture.rows - 1) {
			yield* this.smooth(row);
			yield* this.add(row);
		}
	}

	private *smooth(row: number): Work<void> {
		yield* this.edges.smoothRow(row);
		if (row > 0) yield* this.add(row - 1);
	}

	private *add(row: number): Work<void> {
		const { sps } = this.picture;
		if (sps.hasSampleOffset) yield* this.offsets.addToRow(row);
		this.picture.finished = Math.min((row + 1) << sps.treeLog, sps.height);
		// Whoever waits for the row reads it before the next one takes its room.
		yield 0;
	}
}
