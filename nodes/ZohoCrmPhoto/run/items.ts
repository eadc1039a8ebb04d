import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { wait } from '../network/wait';
import { done, refused, type Outcome } from '../outcome';
import { ZohoClient } from '../zoho/calls/client';
import { n8nOfExecution } from '../zoho/n8n';
import { NOT_ATTEMPTED } from '../zoho/calls/notAttempted';
import { ORGS } from '../zoho/calls/orgs';
import { Pace } from '../zoho/calls/pace';
import type { RecordAddress } from '../zoho/task';
import { asGiven, readAddress } from '../parameters/address';
import { MOST_IDS } from '../zoho/records/existing';
import { ExistingPhotos } from '../zoho/records/existingPhotos';
import { Finder } from '../zoho/records/finder';
import { Breath } from './breath';
import { tellingFirstCall } from './firstCall';
import { ItemRecords } from './itemRecords';
import { Lanes } from './lanes';
import { oneAtATime } from './oneAtATime';
import { operationNamed } from '../operations/operations';
import { failureItem, failureThrown, unresolved } from './result';
import { readParallel, readSettings, type Settings } from '../parameters/settings';
import { stoppedAt } from './stopped';
import { subjectOf } from './subject';
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
	const resource = String(context.getNodeParameter('resource', 0, 'photo'));
	const operation = operationNamed(resource, operationName);
	const subject = subjectOf(resource);
	const parallel = readParallel(context);
	const { n8n, firstCall } = tellingFirstCall(n8nOfExecution(context));
	const zoho = new ZohoClient(n8n, new Pace(parallel, n8n.cancelled), ORGS);

	const outcomes = new Map<number, Outcome<INodeExecutionData>>();
	let firstFailure = Infinity;
	const isCancelled = (): boolean => n8n.cancelled?.aborted === true;
	// A node set to stop still does what comes before its first failure, to find the first by index.
	const isWanted = (item: number): boolean => !isCancelled() && (goesOn || item < firstFailure);
	const settingsOf = (item: number): Outcome<Settings> => {
		const settings = readSettings(context, item);
		return settings.ok && !goesOn
			? done({ ...settings.value, isWanted: (): boolean => item < firstFailure })
			: settings;
	};

	const records = new ItemRecords(
		items.length,
		(item) => orUnresolved(() => readAddress(context, item)),
		(item) => orUnresolved(() => settingsOf(item)),
		new Finder(zoho),
		(item) => asGiven(context, item),
	);
	const photos = new ExistingPhotos(zoho);
	const keyOf = (item: number): string | undefined | Promise<string | undefined> => {
		// Nothing is read, and no record looked for, that nobody will work on.
		if (!operation.ok || !isWanted(item)) return undefined;
		const given = records.given(item);
		if (!given.ok || zoho.stopFor(given.value.module) !== undefined) return undefined;
		const record = records.record(item);
		return record instanceof Promise ? record.then(laneOf) : laneOf(record);
	};
	const breath = new Breath();
	const lanes = new Lanes(items.length, (item) =>
		breath.isDue() ? breath.take().then(() => keyOf(item)) : keyOf(item),
	);

	/** Has Zoho asked about the records behind the next hundred, with those between that nobody has asked about. */
	const prepare = async (item: number, settings: Settings): Promise<void> => {
		const ahead = item + MOST_IDS;
		if (ahead >= items.length) return;
		const record = await records.record(ahead);
		if (record.ok) await photos.prepare(record.value, async () => await records.after(item, 2 * MOST_IDS), settings);
	};

	const workOn = async (item: number): Promise<Outcome<INodeExecutionData>> => {
		if (!operation.ok) return operation;
		const given = records.given(item);
		if (!given.ok) return given;
		const stop = zoho.stopFor(given.value.module);
		if (stop !== undefined) return refused(stop);
		const settings = settingsOf(item);
		if (!settings.ok) return settings;
		const record = await records.record(item);
		if (!record.ok) return record;
		const address = record.value;
		const hasPhoto = async (): Promise<Outcome<boolean>> => {
			const has = photos.has(address, async () => await records.after(item, MOST_IDS), settings.value);
			void prepare(item, settings.value);
			return await has;
		};
		const outcome = await operation.value({
			context,
			item,
			address,
			settings: settings.value,
			zoho,
			hasPhoto,
			alone: MAKING_FIT,
		});
		if (operationName === 'upload') photos.changed(address, outcome.ok ? true : undefined);
		return outcome;
	};

	const worker = async (): Promise<void> => {
		for (let item = await lanes.take(); item !== undefined; item = await lanes.take()) {
			const index = item;
			if (breath.isDue()) await breath.take();
			if (isWanted(index)) {
				const outcome = await workOn(index).catch((fault: unknown) => refused(unresolved(fault)));
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
	const secrets = failures.length === 0 ? [] : await zoho.secrets();
	if (!goesOn) {
		const first = failures.find(({ failure }) => failure.code !== NOT_ATTEMPTED) ?? failures[0];
		if (first !== undefined) {
			const { item, failure } = first;
			const address = await records.shown(item, secrets);
			const run = { subject, operation: operationName, items: items.length, item, address, outcomes };
			throw failureThrown(stoppedAt(failure, run), context.getNode(), item);
		}
	}
	tellSummary(context, summary(subject, operationName, items.length, outcomes.values()));
	const output: INodeExecutionData[] = [];
	for (const item of items.keys()) {
		if (breath.isDue()) await breath.take();
		const outcome = outcomes.get(item);
		if (outcome?.ok === true) output.push({ ...outcome.value, pairedItem: { item } });
		else if (outcome !== undefined) output.push(failureItem(outcome.failure, item, await records.shown(item, secrets)));
	}
	return output;
}

/** An outcome of reading parameters; what n8n throws for an expression that it cannot resolve stays with the item. */
function orUnresolved<T>(read: () => Outcome<T>): Outcome<T> {
	try {
		return read();
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
