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

/** What a run has met that no later item can escape (Failure.stops), so that it need not be asked for again. */
export class Stops {
	private readonly stops: Stop[] = [];

	/**
	 * Takes a refusal in, if it stops anything.
	 *
	 * A missing scope says something of the same kind of call alone: searching asks for a scope that reading does not. Where
	 * scopes name modules, the modules that they do not reach share the refusal.
	 *
	 * @param scopes those granted to the account, as Zoho lists them
	 */
	add(failure: Failure, task: Task, module: string, scopes: string): void {
		if (failure.stops === undefined) return;
		const isScope = failure.code === 'OAUTH_SCOPE_MISMATCH';
		const isSame = (other: string): boolean => other.toLowerCase() === module.toLowerCase();
		this.stops.push({
			cause: failure,
			task: isScope ? task : undefined,
			meets: (other) =>
				failure.stops === 'run' || isSame(other) || (isScope && task !== 'listModules' && !reach(scopes, task, other)),
		});
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
