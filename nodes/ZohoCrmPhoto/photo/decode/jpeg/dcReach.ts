import { damaged } from '../refusal';

/**
 * How far a DC term may lie outside what 8-bit samples can have (8 x 128 either way): tools that brighten without
 * decoding go up to twice as far; data read out of step goes beyond within a few blocks.
 */
const DC_REACH = 4096;

/** How far the DC terms of a component may be from 0. */
export class DcReach {
	private readonly most: number;

	/** @param steps the quantisation table */
	constructor(steps: Uint16Array) {
		this.most = DC_REACH / (steps[0] ?? 1) + 1;
	}

	/** @throws Damaged for a DC term that is so far out that the data cannot be right */
	check(dc: number): void {
		if (dc > this.most || dc < -this.most) throw damaged('its picture data makes no sense');
	}
}
