import { damaged } from '../refusal';
import type { BlockTransform, Halvings } from './blockTransform';
import { InverseDct } from './inverseDct';
import { ReducedDct } from './reducedDct';

/**
 * The transform for a component's quantisation table.
 * @throws Damaged when the file has not given the table
 */
export function transformFor(steps: Uint16Array | undefined, halvings: Halvings): BlockTransform {
	if (steps === undefined) throw damaged('one of its quantisation tables is missing');
	return halvings === 0 ? new InverseDct(steps) : new ReducedDct(steps, halvings);
}
