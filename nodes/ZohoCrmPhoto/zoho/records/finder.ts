import { done, refused, type Failure, type Outcome } from '../../outcome';
import type { CallSettings, ZohoClient } from '../calls/client';
import type { RecordAddress, RecordByField } from '../task';
import { canBeHeld, comparable, writings } from './comparing';
import { MOST_VALUES } from './coql';
import { noSuchField, notFound, severalFound } from './findRefusals';
import { Search, type Match } from './search';

/** What a run has learnt of one field of one module. */
interface Known {
	search: Search;
	/** By comparable value: the records that have it. */
	values: Map<string, Promise<Outcome<Match[]>>>;
	/** Set where Zoho cannot look in the field, so that it need not be asked again. */
	refusal?: Failure;
}

/**
 * Finds the records of a run that are known by a value of one of their fields: many values in one call, and none twice.
 *
 * A value that was asked for stays as it was told, also where the call failed: all that were asked for in it have failed.
 */
export class Finder {
	/** By module and field. */
	private readonly known = new Map<string, Known>();

	constructor(private readonly zoho: ZohoClient) {}

	/**
	 * The record that has a value.
	 *
	 * @param next what will be asked for next: read no further than the call has place
	 * @param settings of the call; read only where one is made
	 * @returns RECORD_NOT_FOUND or SEVERAL_RECORDS_FOUND where it is not exactly one
	 */
	async find(
		wanted: RecordByField,
		next: Iterable<RecordByField>,
		settings: () => Outcome<CallSettings>,
	): Promise<Outcome<RecordAddress>> {
		const { module, value, severalMatches } = wanted;
		if (!canBeHeld(value)) return notFound(wanted, value);
		const matches = await this.ask(wanted, next, settings);
		if (!matches.ok) return matches;
		const [first, second] = matches.value;
		if (first === undefined) return notFound(wanted, value);
		if (second !== undefined && severalMatches === 'refuse') return severalFound(wanted, value, matches.value);
		return done({ module, recordId: first.id });
	}

	/** Asks for a value that is still to come, unless it was asked for, so that its record is known in time. */
	prepare(wanted: RecordByField, next: Iterable<RecordByField>, settings: () => Outcome<CallSettings>): void {
		if (canBeHeld(wanted.value)) void this.ask(wanted, next, settings);
	}

	private async ask(
		wanted: RecordByField,
		next: Iterable<RecordByField>,
		settings: () => Outcome<CallSettings>,
	): Promise<Outcome<Match[]>> {
		const known = this.knownOf(wanted);
		const key = comparable(wanted.field, wanted.value);
		const told = known.values.get(key);
		if (told !== undefined) return await told;
		if (known.refusal !== undefined) return refused(known.refusal);
		const given = settings();
		if (!given.ok) return given;
		const batch = this.batch(wanted, next, known);
		const answers = known.search.recordsWith([...batch.values()], given.value);
		for (const other of batch.keys()) known.values.set(other, this.told(answers, other, wanted, other === key));
		return await this.told(answers, key, wanted, true);
	}

	/** By comparable value: the wanted value, and of the next ones those of the same field for which the call has place. */
	private batch(wanted: RecordByField, next: Iterable<RecordByField>, known: Known): Map<string, string> {
		const batch = new Map<string, string>();
		let place = MOST_VALUES;
		const add = ({ field, value }: RecordByField): boolean => {
			const key = comparable(field, value);
			if (known.values.has(key) || batch.has(key) || !canBeHeld(value)) return true;
			place -= writings(field, value).length;
			if (place < 0) return false;
			batch.set(key, value);
			return place > 0;
		};
		add(wanted);
		for (const other of next) {
			if (fieldKey(other) === fieldKey(wanted) && !add(other)) break;
		}
		return batch;
	}

	/** What an answer says of one value. Where it stops the run, it is the failure of the one who asked. */
	private async told(
		answers: Promise<Map<string, Outcome<Match[]>>>,
		key: string,
		wanted: RecordByField,
		hasAsked: boolean,
	): Promise<Outcome<Match[]>> {
		const outcome = (await answers).get(key) ?? done([]);
		if (outcome.ok) return outcome;
		const stop = hasAsked ? undefined : this.zoho.stopFor(wanted.module, 'find');
		if (stop !== undefined) return refused(stop);
		const known = this.knownOf(wanted);
		if (!known.search.isAboutField(outcome.failure)) return outcome;
		known.refusal = noSuchField(wanted, outcome.failure);
		return refused(known.refusal);
	}

	private knownOf(wanted: RecordByField): Known {
		const key = fieldKey(wanted);
		const known = this.known.get(key) ?? { search: new Search(this.zoho, wanted), values: new Map() };
		this.known.set(key, known);
		return known;
	}
}

/** Upper and lower case of API names are left to Zoho. */
function fieldKey({ module, field }: RecordByField): string {
	return `${module}/${field}`;
}
