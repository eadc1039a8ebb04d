import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../../json';
import { isId } from '../identifiers';
import { nameFieldOf, secondFieldsOf } from './nameField';

/** A record in a list. */
export interface ListedRecord {
	id: string;
	/** The record's name (its id where it has none), and what tells it from others of this name. */
	label: string;
}

/** Digits of an id that tell records apart: all ids of an org begin alike. */
const DIGITS = 5;

/**
 * The records of one answer, each under a label of its own: "Ada Lovelace (ada@example.com)", and with the last digits of
 * the id where there is no second field or another record has it as well: "Zylker (...38009)". The digits come first, as the
 * editor cuts off what is long.
 *
 * @param module API name of the module
 * @param shown a value of the answer as it may be shown
 */
export function listed(
	records: readonly IDataObject[],
	module: string,
	shown: (value: unknown) => string,
): ListedRecord[] {
	const named = records
		.map((record) => ({
			id: textOf(record.id),
			name: shown(record[nameFieldOf(module)]),
			second: secondOf(record, module, shown),
		}))
		.filter(({ id }) => isId(id));
	const times = new Map<string, number>();
	for (const { name, second } of named) times.set(keyOf(name, second), (times.get(keyOf(name, second)) ?? 0) + 1);
	return named.map(({ id, name, second }) => {
		const isAlone = second !== '' && times.get(keyOf(name, second)) === 1;
		const told = [isAlone || name === '' ? '' : lastDigits(id), second].filter((text) => text !== '');
		return { id, label: told.length === 0 ? name || id : `${name || id} (${told.join(', ')})` };
	});
}

function keyOf(name: string, second: string): string {
	return JSON.stringify([name, second]);
}

function lastDigits(id: string): string {
	return id.length > DIGITS ? `...${id.slice(-DIGITS)}` : id;
}

/** The first of the fields that holds something; a field that leads to another record holds its name. */
function secondOf(record: IDataObject, module: string, shown: (value: unknown) => string): string {
	const texts = secondFieldsOf(module).map((field) => {
		const held: unknown = record[field];
		return shown(isRecord(held) ? held.name : held);
	});
	return texts.find((text) => text !== '') ?? '';
}
