import type { Outcome } from '../outcome';
import { isByField, type GivenRecord } from '../parameters/address';
import { quoted } from '../text';
import type { CallSettings } from '../zoho/calls/client';
import type { Finder } from '../zoho/records/finder';
import { struckOut } from '../zoho/secrets';
import type { RecordAddress, RecordByField } from '../zoho/task';

/** Items that are looked through for more values for one call: enough to fill it where modules or values repeat. */
const LOOKED_AHEAD = 200;
/** The item so far behind the one whose turn it is finds its values asked for already. */
const PREPARED_AHEAD = 25;

/** Characters of a module or a record that are shown where they are what is wrong. */
const LONGEST_SHOWN = 100;

/** What each item of a run says of its record, and which record that is. */
export class ItemRecords {
	private readonly read = new Map<number, Outcome<GivenRecord>>();
	private readonly found = new Map<number, Promise<Outcome<RecordAddress>>>();

	/**
	 * @param count number of items
	 * @param readGiven reads what an item says, once for each; it never throws
	 * @param settingsOf reads how the calls of an item are made
	 * @param asGiven reads what an item says where it is what is wrong; it never throws
	 */
	constructor(
		private readonly count: number,
		private readonly readGiven: (item: number) => Outcome<GivenRecord>,
		private readonly settingsOf: (item: number) => Outcome<CallSettings>,
		private readonly finder: Finder,
		private readonly asGiven: (item: number) => RecordAddress,
	) {}

	/** What an item says of its record. */
	given(item: number): Outcome<GivenRecord> {
		const known = this.read.get(item) ?? this.readGiven(item);
		this.read.set(item, known);
		return known;
	}

	/**
	 * The module and record of an item to be shown beside a refusal: those that were worked on, else as the item gives them, cut
	 * short; empty where it gives none. Where a record was not found by a field, the value is all there is to show.
	 *
	 * @param secrets of the credential, to be struck out: whatever was wired in by mistake
	 */
	async shown(item: number, secrets: readonly string[]): Promise<RecordAddress> {
		const given = this.given(item);
		const found = await this.found.get(item);
		const shown = (text: string): string => quoted(struckOut(text.slice(0, 4 * LONGEST_SHOWN), secrets), LONGEST_SHOWN);
		if (found?.ok === true) return found.value;
		if (given.ok && !isByField(given.value)) return given.value;
		const { module, recordId } = given.ok
			? { module: given.value.module, recordId: isByField(given.value) ? given.value.value : '' }
			: this.asGiven(item);
		return { module: shown(module), recordId: shown(recordId) };
	}

	/** An item's record: at once where the item gives its id, else when Zoho has told which one it is. */
	record(item: number): Outcome<RecordAddress> | Promise<Outcome<RecordAddress>> {
		const given = this.given(item);
		if (!given.ok) return given;
		const { value } = given;
		if (!isByField(value)) return { ok: true, value };
		const known = this.found.get(item);
		if (known !== undefined) return known;
		const found = this.finder.find(value, this.byFieldAfter(item), () => this.settingsOf(item));
		this.found.set(item, found);
		this.prepare(item);
		return found;
	}

	/** The records of so many next items; those that cannot be told are left out. */
	async after(item: number, most: number): Promise<RecordAddress[]> {
		const records: RecordAddress[] = [];
		for (let next = item + 1; next < Math.min(this.count, item + 1 + most); next++) {
			const record = await this.record(next);
			if (record.ok) records.push(record.value);
		}
		return records;
	}

	/** Has the value of an item to come asked for, with those between that nobody has asked for. */
	private prepare(item: number): void {
		const ahead = item + PREPARED_AHEAD;
		if (ahead >= this.count) return;
		const given = this.given(ahead);
		if (given.ok && isByField(given.value)) {
			this.finder.prepare(given.value, this.byFieldAfter(item), () => this.settingsOf(ahead));
		}
	}

	private *byFieldAfter(item: number): Generator<RecordByField> {
		for (let next = item + 1; next < Math.min(this.count, item + LOOKED_AHEAD); next++) {
			const given = this.given(next);
			if (given.ok && isByField(given.value)) yield given.value;
		}
	}
}
