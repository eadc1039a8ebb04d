import { damaged } from '../refusal';
import type { BlockTransform, Halvings } from './blockTransform';
import { DcReach } from './dcReach';
import { InverseDct } from './inverseDct';
import { ReducedDct } from './reducedDct';

/**
 * The transform for a component's quantisation table.
 * @throws Damaged when the file has not given the table
 */
export function transformFor(steps: Uint16Array | undefined, halvings: Halvings): BlockTransform {
	const given = givenSteps(steps);
	return halvings === 0 ? new InverseDct(given) : new ReducedDct(given, halvings);
}

/** What looks at the levels of blocks and makes no samples, without the tables of a transform. @throws as {@link transformFor} */
export function levelsAlone(steps: Uint16Array | undefined): BlockTransform {
	const reach = new DcReach(givenSteps(steps));
	return { side: 8, checkLevel: (dc) => reach.check(dc), block: () => undefined };
}

function givenSteps(steps: Uint16Array | undefined): Uint16Array {
	if (steps === undefined) throw damaged('one of its quantisation tables is missing');
	return steps;
}
