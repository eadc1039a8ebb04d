import type { IDataObject } from 'n8n-workflow';

/** Whether a value from outside is a JSON object (not a list, not null). */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text out of a value from outside; empty where it is none. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
