import { dig, isRecord, listAt, textAt } from '../json.cts';
import { until } from './process.cts';
import type { Rest } from './rest.cts';

/** One item that a node gave. */
export interface Item {
	json: Record<string, unknown>;
	binary: Record<string, unknown>;
	pairedItem: unknown;
}

/** A workflow's run, as n8n stored it. */
export interface Execution {
	id: string;
	status: string;
	/** Message of the error that ended it. */
	error: unknown;
	/** Items of a node, by output: `items('Zoho CRM Photo')[0]`. */
	items(node: string): Item[][];
	/** The error that a node threw. */
	errorOf(node: string): unknown;
	/** Hints that a node left above its output. */
	hintsOf(node: string): string[];
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** Reads `flatted` JSON, n8n's way of storing runs: a list whose texts inside of objects are places in that list. */
function unflatten(text: string): unknown {
	const flat: unknown[] = JSON.parse(text);
	const known = new Map<number, unknown>();
	const at = (place: number): unknown => {
		if (known.has(place)) return known.get(place);
		const value = flat[place];
		if (Array.isArray(value)) {
			const list: unknown[] = [];
			known.set(place, list);
			for (const one of value) list.push(resolve(one));
			return list;
		}
		if (isRecord(value)) {
			const record: Record<string, unknown> = {};
			known.set(place, record);
			for (const [name, one] of Object.entries(value)) record[name] = resolve(one);
			return record;
		}
		return value;
	};
	const resolve = (value: unknown): unknown => (typeof value === 'string' ? at(Number(value)) : value);
	return at(0);
}

/** Runs a stored workflow from its trigger and waits for its end. */
export async function runWorkflow(rest: Rest, workflowId: string, trigger: string): Promise<Execution> {
	const isOld = await rest.send('GET', `/workflows/${workflowId}`);
	const answer = await rest.send('POST', `/workflows/${workflowId}/run`, {
		workflowData: isOld,
		triggerToStartFrom: { name: trigger },
		startNodes: [],
	});
	return await ended(rest, textAt(answer, 'executionId'));
}

/** Waits for the end of an execution. */
export async function ended(rest: Rest, id: string): Promise<Execution> {
	let stored: unknown;
	let data: unknown;
	await until(
		`execution ${id} to end`,
		async () => {
			stored = await rest.send('GET', `/executions/${id}`);
			if (!ENDED.includes(String(dig(stored, 'status')))) return false;
			data = unflatten(textAt(stored, 'data'));
			// n8n on SQLite stores a run's status first and its data after it; the data before that has no node in it.
			return ['lastNodeExecuted', 'error'].some((key) => dig(data, 'resultData', key) !== undefined);
		},
		120_000,
	);
	const runOf = (node: string): unknown => dig(data, 'resultData', 'runData', node, 0);
	return {
		id,
		status: textAt(stored, 'status'),
		error: dig(data, 'resultData', 'error'),
		items: (node) =>
			listAt(runOf(node), 'data', 'main').map((branch) =>
				listAt(branch).map((item) => {
					const [json, binary] = [dig(item, 'json'), dig(item, 'binary')];
					return {
						json: isRecord(json) ? json : {},
						binary: isRecord(binary) ? binary : {},
						pairedItem: dig(item, 'pairedItem'),
					};
				}),
			),
		errorOf: (node) => dig(runOf(node), 'error'),
		hintsOf: (node) => listAt(runOf(node), 'hints').map((hint) => textAt(hint, 'message')),
	};
}

/** Ids of all executions of a workflow, newest first, at most 100. */
export async function executionsOf(rest: Rest, workflowId: string): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const answer = await rest.send('GET', `/executions?filter=${filter}&limit=100`);
	return listAt(answer, 'results').map((execution) => textAt(execution, 'id'));
}
