import { isRecord, textOf } from '../../json';
import { done, type Failure, type Outcome } from '../../outcome';
import { jsonOf, shownIn } from '../answers/answer';
import type { CallSettings, ZohoClient } from '../calls/client';
import { comparable, writings } from './comparing';
import { literal, queryText } from './coql';
import { JsonBody } from './jsonBody';
import { nameFieldOf } from './nameField';

/** A field of a module: both API names, letters, digits and underscores. */
export interface Field {
	module: string;
	field: string;
}

/** A record that has a value. */
export interface Match {
	id: string;
	/** The record's name; empty where it has none or the user may not see it. */
	name: string;
}

/** A row: what it has in the field that was asked about, and which record it is. */
interface Row extends Match {
	held: unknown;
}

/** Rows of one answer. */
interface Rows {
	rows: Row[];
	/** Whether there are more than a call gives. */
	more: boolean;
}

/** Zoho's codes for a query that it does not take ("Get Records through a COQL Query", possible errors). */
const NOT_TAKEN = ['INVALID_QUERY', 'SYNTAX_ERROR', 'LIMIT_EXCEEDED'];

/**
 * Looks for the records of a module by values of one field, by COQL: it compares exactly, and it knows a record that was
 * made a moment ago, which Zoho's search finds only seconds later.
 */
export class Search {
	/** Whether queries ask for the records' names, which messages show. */
	private asksNames = true;
	/** Whether the field is one of numbers, which are compared without quotes. */
	private holdsNumbers = false;

	constructor(
		private readonly zoho: ZohoClient,
		private readonly field: Field,
	) {}

	/**
	 * One call, unless Zoho gives more rows than a call holds or does not take the query: then each half is asked by itself,
	 * so that one value does not fail the others.
	 *
	 * @param values as many as one query takes in all their writings (comparing.ts, coql.ts)
	 * @returns by {@link comparable} value the records that have it, the one changed last first; none for a value without any
	 */
	async recordsWith(values: readonly string[], settings: CallSettings): Promise<Map<string, Outcome<Match[]>>> {
		const answer = await this.query(values, settings);
		if (!answer.ok && this.learns(answer.failure, values)) return await this.recordsWith(values, settings);
		const isSplit = answer.ok ? answer.value.more : this.isAboutValues(answer.failure);
		if (values.length < 2 || !isSplit) return this.byValue(values, answer);
		const middle = Math.ceil(values.length / 2);
		const former = await this.recordsWith(values.slice(0, middle), settings);
		const latter = await this.recordsWith(values.slice(middle), settings);
		return new Map([...former, ...latter]);
	}

	/** Whether a refused query says that the field itself is not one to look in, so that no value will do. */
	isAboutField(failure: Failure): boolean {
		return failure.code === 'INVALID_QUERY' && columnOf(failure) === this.field.field && !saysValue(failure);
	}

	private async query(values: readonly string[], settings: CallSettings): Promise<Outcome<Rows>> {
		const { module, field } = this.field;
		const fields = new Set(['id', field, ...(this.asksNames ? [nameFieldOf(module)] : [])]);
		const literals = values.flatMap((value) => this.literalsOf(value));
		const answer = await this.zoho.send({
			...settings,
			task: 'find',
			address: { module, recordId: '' },
			method: 'POST',
			path: '/coql',
			body: new JsonBody({ select_query: queryText({ module, fields: [...fields], field, literals }) }),
			expects: 'json',
		});
		if (!answer.ok) return answer;
		const json = jsonOf(answer.value) ?? {};
		const data: unknown = json.data;
		return done({
			rows: (Array.isArray(data) ? data.filter(isRecord) : []).map((row) => ({
				id: textOf(row.id),
				name: shownIn(answer.value, row[nameFieldOf(module)]),
				held: row[field],
			})),
			more: isRecord(json.info) && json.info.more_records === true,
		});
	}

	private literalsOf(value: string): string[] {
		return this.holdsNumbers && isNumber(value) ? [value] : writings(this.field.field, value).map(literal);
	}

	private byValue(values: readonly string[], answer: Outcome<Rows>): Map<string, Outcome<Match[]>> {
		const { field } = this.field;
		const keys = values.map((value) => comparable(field, value));
		if (!answer.ok) return new Map(keys.map((key) => [key, answer]));
		const matches = new Map(keys.map((key): [string, Match[]] => [key, []]));
		for (const { id, name, held } of answer.value.rows) {
			if (id === '' || (typeof held !== 'string' && typeof held !== 'number')) continue;
			// What Zoho takes for more alike than we do is not surely meant.
			matches.get(comparable(field, String(held)))?.push({ id, name });
		}
		return new Map([...matches].map(([key, found]) => [key, done(found)]));
	}

	/** Whether a refusal tells how to put the query so that Zoho takes it. */
	private learns(failure: Failure, values: readonly string[]): boolean {
		if (failure.code !== 'INVALID_QUERY') return false;
		const nameField = nameFieldOf(this.field.module);
		if (this.asksNames && nameField !== this.field.field && columnOf(failure) === nameField) {
			this.asksNames = false;
			return true;
		}
		if (this.holdsNumbers || !values.every(isNumber) || this.isAboutField(failure)) return false;
		this.holdsNumbers = true;
		return true;
	}

	private isAboutValues(failure: Failure): boolean {
		return NOT_TAKEN.includes(failure.code) && !this.isAboutField(failure);
	}
}

/** Nothing but digits goes into a query without quotes. */
function isNumber(value: string): boolean {
	return /^\d{1,20}$/.test(value);
}

/** The column that a refusal is about; empty where it names none. */
function columnOf({ answer }: Failure): string {
	return isRecord(answer?.details) ? textOf(answer.details.column_name) : '';
}

/** Whether a refusal is about the kind of a value: another value may do. */
function saysValue({ answer }: Failure): boolean {
	return /data.?type|\bvalue/i.test(JSON.stringify(answer ?? {}));
}
