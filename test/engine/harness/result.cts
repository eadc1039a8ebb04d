import type { IBinaryData, INodeExecutionData, IRun, ITaskData } from 'n8n-workflow';
import type { Core } from './core.cts';
import type { Hint, NodeResult, OutputBinary, OutputItem, PlainError } from './protocol.cts';

/**
 * What every node gave, with the bytes of binary fields read back through n8n's BinaryDataService.
 *
 * @param omitOutput names of nodes whose output is left empty
 */
export async function nodeResults(n8n: Core, run: IRun, omitOutput: string[]): Promise<Record<string, NodeResult>> {
	const results: Record<string, NodeResult> = {};
	for (const [name, tasks] of Object.entries(run.data.resultData.runData)) {
		const task = tasks.at(-1);
		if (task === undefined) continue;
		results[name] = {
			status: task.executionStatus ?? 'unknown',
			runs: tasks.length,
			...(task.error && { error: plainError(n8n, task.error) }),
			output: omitOutput.includes(name) ? [] : await outputOf(n8n, task),
			hints: hintsOf(n8n, task),
			executionTimeMs: task.executionTime,
		};
	}
	return results;
}

/** An error as n8n writes it into the execution: its own fields, no class, no circular references. */
export function plainError(n8n: Core, error: Error): PlainError {
	const { name, message, stack } = error;
	const own: Record<string, unknown> = JSON.parse(asStored(n8n, { ...error }));
	return { ...own, name, message, stack };
}

/** Text of a value as n8n stores executions: through toJSON, with circular references replaced. */
export function asStored(n8n: Core, value: object): string {
	return n8n.workflow.jsonStringify(value, { replaceCircularRefs: true });
}

async function outputOf(n8n: Core, task: ITaskData): Promise<OutputItem[][]> {
	const branches = task.data?.main ?? task.data?.ai_tool ?? [];
	return await Promise.all(
		branches.map(async (items) => await Promise.all((items ?? []).map(async (item) => await outputItem(n8n, item)))),
	);
}

async function outputItem(n8n: Core, item: INodeExecutionData): Promise<OutputItem> {
	const json: Record<string, unknown> = JSON.parse(asStored(n8n, item.json));
	const fields = Object.entries(item.binary ?? filesInJson(item.json._files) ?? {});
	const binary: Record<string, OutputBinary> = {};
	for (const [name, field] of fields) binary[name] = await outputBinary(n8n, field);
	return {
		json,
		...(fields.length > 0 && { binary }),
		...(item.pairedItem !== undefined && { pairedItem: item.pairedItem }),
		...(item.error && { error: plainError(n8n, item.error) }),
	};
}

/** Where n8n 2.x keeps binary fields when the workflow setting binaryMode is "combined". */
function filesInJson(files: unknown): Record<string, IBinaryData> | undefined {
	if (typeof files !== 'object' || files === null) return undefined;
	const found: Record<string, IBinaryData> = {};
	for (const [name, file] of Object.entries(files)) if (isBinaryData(file)) found[name] = file;
	return found;
}

function isBinaryData(value: unknown): value is IBinaryData {
	return typeof value === 'object' && value !== null && 'mimeType' in value && 'data' in value;
}

async function outputBinary(n8n: Core, field: IBinaryData): Promise<OutputBinary> {
	const { mimeType, fileName, fileExtension, fileSize, id } = field;
	const data = await n8n.container.get(n8n.core.BinaryDataService).getAsBuffer(field);
	return { data, mimeType, fileName, fileExtension, fileSize, id };
}

function hintsOf(n8n: Core, task: ITaskData): Hint[] {
	return task.hints === undefined ? [] : JSON.parse(asStored(n8n, task.hints));
}
