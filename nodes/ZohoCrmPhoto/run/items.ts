import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { wait } from '../network/wait';
import { refused, type Outcome } from '../outcome';
import { ZohoClient } from '../zoho/calls/client';
import { n8nOfExecution } from '../zoho/n8n';
import { NOT_ATTEMPTED } from '../zoho/calls/notAttempted';
import { ORGS } from '../zoho/calls/orgs';
import { Pace } from '../zoho/calls/pace';
import type { RecordAddress } from '../zoho/task';
import { readAddress } from '../parameters/address';
import { tellingFirstCall } from './firstCall';
import { Lanes } from './lanes';
import { oneAtATime } from './oneAtATime';
import { operationNamed } from '../operations/operations';
import { failureItem, failureThrown, unresolved } from './result';
import { readParallel, readSettings } from '../parameters/settings';
import { summary } from './summary';

/** How long the others wait for the first item's call, in milliseconds: a slow host of a photo is not to hold them all. */
const HEAD_START = 1000;
/** Photos made ready while all calls at a time are under way, so that no call waits for a file to be read and looked at. */
const MOST_AHEAD = 5;

/** Making a photo fit takes seconds of processor time and much memory: one at a time in the process. */
const MAKING_FIT = oneAtATime();

/**
 * Works on all input items, several at a time, and gives one output item for each in the input's order.
 *
 * The only place that knows of items, order, pairing and continue-on-fail. Whatever happens to an item stays with it: n8n
 * would put every input item on the success branch if anything were thrown here while the node is set to continue.
 *
 * @returns one item for each input item; after a cancel, those that were done
 * @throws the failure with the lowest item index, if the node is set to stop
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	const goesOn = context.continueOnFail();
	// The same for all items, as n8n takes no expression for it.
	const operationName = String(context.getNodeParameter('operation', 0, 'upload'));
	const operation = operationNamed(operationName);
	const parallel = readParallel(context);
	const { n8n, firstCall } = tellingFirstCall(n8nOfExecution(context));
	const zoho = new ZohoClient(n8n, new Pace(parallel, n8n.cancelled), ORGS);

	const addresses: Array<Outcome<RecordAddress>> = [];
	const lanes = new Lanes(items.length, (item) => {
		const address = addressOf(context, item);
		addresses[item] = address;
		return laneOf(address);
	});
	const outcomes = new Map<number, Outcome<INodeExecutionData>>();
	let firstFailure = Infinity;
	const isCancelled = (): boolean => n8n.cancelled?.aborted === true;

	const workOn = async (item: number, address: Outcome<RecordAddress>): Promise<Outcome<INodeExecutionData>> => {
		if (!operation.ok) return operation;
		if (!address.ok) return address;
		const stop = zoho.stopFor(address.value.module);
		if (stop !== undefined) return refused(stop);
		const settings = readSettings(context, item);
		if (!settings.ok) return settings;
		const isWanted = goesOn ? undefined : (): boolean => item < firstFailure;
		return await operation.value({
			context,
			item,
			address: address.value,
			settings: { ...settings.value, isWanted },
			zoho,
			alone: MAKING_FIT,
		});
	};

	const worker = async (): Promise<void> => {
		for (let item = await lanes.take(); item !== undefined; item = await lanes.take()) {
			const index = item;
			const address = addresses[index];
			// A node set to stop still does what comes before its first failure, to find the first by index.
			if (address !== undefined && !isCancelled() && (goesOn || index < firstFailure)) {
				const outcome = await workOn(index, address).catch((fault: unknown) => refused(unresolved(fault)));
				// What a cancel broke off has not failed.
				if (outcome.ok || !isCancelled()) outcomes.set(index, outcome);
				if (!outcome.ok) firstFailure = Math.min(firstFailure, index);
			}
			lanes.end(index);
		}
	};
	// An error that no item can escape is to be the first item's own.
	const leader = worker();
	const begun = new AbortController();
	const goAhead = Promise.race([firstCall, leader, wait(HEAD_START, begun.signal)]).finally(() => begun.abort());
	const follower = async (): Promise<void> => {
		await goAhead;
		await worker();
	};
	// One at a time means in the input's order, which two that get ready side by side do not keep. And a node set to stop
	// sends nothing more after its first failure, so nothing may wait with a photo in its hands.
	const workers = goesOn && parallel > 1 ? parallel + Math.min(parallel, MOST_AHEAD) : parallel;
	await Promise.all([leader, ...Array.from({ length: Math.min(workers, items.length) - 1 }, follower)]);

	const failures = [...outcomes].flatMap(([item, outcome]) => (outcome.ok ? [] : [{ item, failure: outcome.failure }]));
	failures.sort((one, other) => one.item - other.item);
	if (!goesOn) {
		const first = failures.find(({ failure }) => failure.code !== NOT_ATTEMPTED) ?? failures[0];
		if (first !== undefined) throw failureThrown(first.failure, context.getNode(), first.item);
	}
	tellSummary(
		context,
		summary(
			operationName,
			items.length,
			failures.map(({ failure }) => failure),
		),
	);
	return items.flatMap((_, item) => {
		const outcome = outcomes.get(item);
		if (outcome === undefined) return [];
		if (outcome.ok) return [{ ...outcome.value, pairedItem: { item } }];
		const address = addresses[item];
		return [failureItem(outcome.failure, item, address?.ok === true ? address.value : undefined)];
	});
}

/** An item's address; what n8n throws for an expression that it cannot resolve stays with the item. */
function addressOf(context: IExecuteFunctions, item: number): Outcome<RecordAddress> {
	try {
		return readAddress(context, item);
	} catch (fault) {
		return refused(unresolved(fault));
	}
}

/** Items for the same record go one after another; an item without an address is on its own. */
function laneOf(address: Outcome<RecordAddress>): string | undefined {
	return address.ok ? `${address.value.module.toLowerCase()}/${address.value.recordId}` : undefined;
}

/** Shows a sentence above the node's output, in versions of n8n that can. */
function tellSummary(context: IExecuteFunctions, message: string | undefined): void {
	if (message === undefined || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
