import type { Failure } from '../../outcome';
import { reach } from '../account/scopes';
import { isOperation, type Task } from '../task';

/** A refusal that later calls cannot escape, and which calls those are. */
interface Stop {
	cause: Failure;
	/** Undefined: whatever the call is for. */
	task: Task | undefined;
	meets: (module: string) => boolean;
}

/** Zoho's codes for limits of the whole org (Zoho's status codes page); one record alone may meet one too. */
const LIMITS_OF_ORG = [
	'STORAGE_SPACE_EXCEEDED',
	'MAX_RECORDS_LIMIT_REACHED',
	'LICENSE_LIMIT_EXCEEDED',
	'LIMIT_REACHED',
];
/** How many calls in a row meet a limit of the org before it is taken for one that all meet. */
const LIMITED_AT_MOST = 3;

/** What a run has met that no later item can escape (Failure.stops), so that it need not be asked for again. */
export class Stops {
	private readonly stops: Stop[] = [];

	/** How many calls in a row met a limit of the whole org. */
	private limited = 0;

	/**
	 * Takes a refusal in, if it stops anything. A limit of the org, such as its storage, does where it is met again and again.
	 *
	 * A missing scope says something of the same kind of call alone: searching asks for a scope that reading does not. Where
	 * scopes name modules, the modules that they do not reach share the refusal.
	 *
	 * @param scopes those granted to the account, as Zoho lists them
	 */
	add(failure: Failure, task: Task, module: string, scopes: string): void {
		this.limited = LIMITS_OF_ORG.includes(failure.code) ? this.limited + 1 : 0;
		const isOrgFull = this.limited >= LIMITED_AT_MOST;
		if (failure.stops === undefined && !isOrgFull) return;
		const isScope = failure.code === 'OAUTH_SCOPE_MISMATCH';
		const isSame = (other: string): boolean => other.toLowerCase() === module.toLowerCase();
		this.stops.push({
			cause: failure,
			task: isScope ? task : undefined,
			meets: (other) =>
				failure.stops === 'run' ||
				isOrgFull ||
				isSame(other) ||
				(isScope && task !== 'listModules' && !reach(scopes, task, other)),
		});
	}

	/** Tells that a call went well: limits are met in a row only where none does. */
	wentWell(): void {
		this.limited = 0;
	}

	/**
	 * The refusal that a call would meet again.
	 *
	 * @param task undefined for an item that is still to be looked at: then what the node's operations meet
	 */
	causeFor(module: string, task: Task | undefined): Failure | undefined {
		return this.stops.find(
			(stop) =>
				stop.meets(module) &&
				(stop.task === undefined || (task === undefined ? isOperation(stop.task) : stop.task === task)),
		)?.cause;
	}
}
