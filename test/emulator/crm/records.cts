import { createHash } from 'node:crypto';

import type { Clock } from '../clock.cts';
import { dataCenterNamed, type Environment } from '../network/dataCenters.cts';
import { type Condition, type ConditionName, conditionNames, conditions, magicId } from './magicRecords.cts';
import type { Modules } from './modules.cts';
import { type Org, orgOf, orgs } from './orgs.cts';

/** A record of a module in an org. */
export interface CrmRecord {
	id: string;
	module: string;
	org: Org;
	/** Its name, the value of the module's display field. */
	name: string;
	fields: Record<string, string>;
	/** Milliseconds since 1970. */
	createdAt: number;
	modifiedAt: number;
	/** Zoho's id of its picture, or null; another one after each upload. */
	recordImage: string | null;
	/** Workflows that photo calls have set off. */
	workflowsFired: number;
	condition: ConditionName | undefined;
}

/** Where and how a record is made. */
export interface NewRecord {
	id?: string;
	name?: string;
	/** `eu` or `zoho.eu`; default US. */
	dataCenter?: string;
	environment?: Environment;
	fields?: Record<string, string>;
	condition?: ConditionName;
	/** Milliseconds since 1970. */
	modifiedAt?: number;
}

const people = [
	'Ada Lovelace',
	'Grace Hopper',
	'Katherine Johnson',
	'Alan Turing',
	'Hedy Lamarr',
	'Radia Perlman',
	'Edsger Dijkstra',
	'Mary Jackson',
	'Jose Antonio Garcia-Lopez',
	'Zoë Müller',
	'山田 太郎',
	'Barbara Liskov',
];

const names: Record<string, readonly string[]> = {
	Leads: people,
	Contacts: people,
	Accounts: ['Zylker', 'Analytical Engines Ltd', 'Compilers (Holding), Inc.', 'Nordic Lights AB'],
	Deals: ['Engine order 1843', 'Navy contract', 'Moon landing support'],
	Products: ['Difference Engine No. 2', 'Nanosecond wire', 'Pocket abacus'],
	Vendors: ['Brass & Gears', 'Relay Works'],
	Pets: ['Laika', 'Félicette', 'Bobbie'],
	Old_Machines: ['Loom 7'],
};

/** Day 1 of the records made at the start: old enough that whatever a test adds is newer. */
const startOfTime = Date.UTC(2025, 0, 1);
const hour = 60 * 60 * 1000;

/** The specification's own sample records, which exist as US leads. */
const specificationIds = ['3409643000003088001', '3000000038009'];

const orgsByPrefix = new Map(orgs.map((org) => [org.idPrefix, org]));

/** The org whose records have ids like this one; those of the specification that look otherwise are the first org's. */
function orgOfId(id: string): Org | undefined {
	return orgsByPrefix.get(id.slice(0, 7)) ?? orgs[0];
}

/** An id of an org: its 7 digits, and 12 counted up. */
function idInOrg(org: Org, count: number): string {
	return `${org.idPrefix}${String(count).padStart(12, '0')}`;
}

/** The records of all orgs. */
export class Records {
	private readonly byKey = new Map<string, CrmRecord>();
	private readonly byOrgAndModule = new Map<string, CrmRecord[]>();
	private readonly seeded = new Set<string>();
	private counter = 0;

	constructor(
		private readonly modules: Modules,
		private readonly clock: Clock,
	) {}

	/**
	 * Makes a record.
	 * @returns its id
	 * @throws Error when the data center is unknown
	 */
	add(module: string, record: NewRecord = {}): string {
		const org = orgOf(dataCenterNamed(record.dataCenter ?? 'us'), record.environment);
		this.counter++;
		const id = record.id ?? idInOrg(org, 1_000_000 + this.counter);
		return this.insert(module, org, { ...record, id, name: record.name ?? `Person ${this.counter}` }).id;
	}

	/** Makes many records and returns their ids, in order. */
	addMany(module: string, count: number, record: Omit<NewRecord, 'id'> = {}): string[] {
		return Array.from({ length: count }, () => this.add(module, record));
	}

	/** The record with this id in this module, of any org. */
	get(module: string, id: string): CrmRecord | undefined {
		const org = orgOfId(id);
		if (org) this.seed(org, module);
		return this.byKey.get(`${module}/${id}`);
	}

	/** The records of a module in an org, in no promised order. */
	list(org: Org, module: string): readonly CrmRecord[] {
		this.seed(org, module);
		return this.byOrgAndModule.get(`${org.id}/${module}`) ?? [];
	}

	/** Ids of the records of the start without a condition. */
	ids(module: string, dataCenter = 'us', environment: Environment = 'production'): string[] {
		const org = orgOf(dataCenterNamed(dataCenter), environment);
		return this.list(org, module)
			.filter((record) => record.condition === undefined)
			.map((record) => record.id);
	}

	/** The id of the record with a condition, in every module that takes photos. */
	magicId(name: ConditionName, dataCenter = 'us', environment: Environment = 'production'): string {
		return magicId(orgOf(dataCenterNamed(dataCenter), environment), name);
	}

	/**
	 * Gives a record a condition or takes it away.
	 * @throws Error when there is no such record
	 */
	setCondition(module: string, id: string, name: ConditionName | undefined): void {
		const record = this.get(module, id);
		if (!record) throw new Error(`There is no record ${id} in ${module}`);
		record.condition = name;
	}

	/** What stands in the way of a record, if anything. */
	conditionOf(record: CrmRecord | undefined): Condition | undefined {
		return record?.condition === undefined ? undefined : conditions[record.condition];
	}

	/** Notes that a record's picture changed; `null` when it is gone. */
	touchImage(record: CrmRecord, seed: string | null): void {
		record.modifiedAt = this.clock.now();
		record.recordImage =
			seed === null
				? null
				: // The look of Zoho's picture ids, such as siwz79472749456ff433f8b88d0a795ae9855 (COQL page).
					`siwz7${createHash('md5').update(`${record.id} ${seed}`).digest('hex')}`;
	}

	/** Back to the records of the start. */
	clear(): void {
		this.byKey.clear();
		this.byOrgAndModule.clear();
		this.seeded.clear();
		this.counter = 0;
	}

	/** Makes the records of the start when somebody first asks for some: thirty orgs are never all used. */
	private seed(org: Org, module: string): void {
		const key = `${org.id}/${module}`;
		if (this.seeded.has(key) || !this.modules.find(module)?.photos) return;
		this.seeded.add(key);
		const isMain = org.id === orgs[0]?.id;
		(names[module] ?? []).forEach((name, place) => {
			const given = isMain && module === 'Leads' ? specificationIds[place] : undefined;
			const id = given ?? idInOrg(org, 5_000_000 + (place + 1) * 1000 + 1);
			this.insert(module, org, { id, name, modifiedAt: startOfTime + (place + 100) * hour });
		});
		conditionNames.forEach((condition, place) => {
			const name = conditions[condition].about;
			this.insert(module, org, { id: magicId(org, condition), name, condition, modifiedAt: startOfTime + place });
		});
	}

	private insert(module: string, org: Org, given: NewRecord & { id: string; name: string }): CrmRecord {
		const displayField = this.modules.find(module)?.displayField ?? 'Name';
		const words = given.name.split(' ');
		const at = given.modifiedAt ?? this.clock.now();
		const record: CrmRecord = {
			id: given.id,
			module,
			org,
			name: given.name,
			fields: {
				First_Name: words.slice(0, -1).join(' '),
				Last_Name: words.at(-1) ?? '',
				Email: `${given.name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@zylker.example`,
				...given.fields,
				[displayField]: given.name,
			},
			createdAt: at,
			modifiedAt: at,
			recordImage: null,
			workflowsFired: 0,
			condition: given.condition,
		};
		this.byKey.set(`${module}/${record.id}`, record);
		const key = `${org.id}/${module}`;
		const list = this.byOrgAndModule.get(key);
		if (list) list.push(record);
		else this.byOrgAndModule.set(key, [record]);
		return record;
	}
}
