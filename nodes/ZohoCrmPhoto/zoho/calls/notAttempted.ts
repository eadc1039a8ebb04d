import type { Failure } from '../../outcome';

/** Code of an item that was not tried, because an earlier one met what this one cannot escape. */
export const NOT_ATTEMPTED = 'NOT_ATTEMPTED';

/** The failure of such an item; its description names the cause. */
export function notAttempted(cause: Failure): Failure {
	return {
		code: NOT_ATTEMPTED,
		message: `Not tried, as an earlier item met ${cause.code}, which this one cannot escape`,
		description: `${cause.message}. ${cause.description}`,
	};
}
