import type { INodeExecutionData } from 'n8n-workflow';

import { isRecord, textOf } from '../json';
import type { Failure, Outcome } from '../outcome';
import { quoted } from '../text';
import { NOT_ATTEMPTED } from '../zoho/calls/notAttempted';
import type { RecordAddress } from '../zoho/task';
import type { Subject } from './subject';

/** Photos that are named one by one. */
const MOST_NAMED = 5;

/** What stays done when a run stops; a download that is thrown away changed nothing. */
const STAYS: ReadonlyMap<string, string> = new Map([
	['upload', 'Already in Zoho CRM'],
	['delete', 'Already deleted'],
]);

/** A run that stops at a failure. */
export interface Stopped {
	/** What the items are about. */
	subject: Subject;
	/** Value of the parameter. */
	operation: string;
	/** How many items the run had. */
	items: number;
	/** Index of the item that failed. */
	item: number;
	/** What the failed item is for, as far as it can be told. */
	address: RecordAddress;
	/** By index: what became of the items that were worked on. */
	outcomes: ReadonlyMap<number, Outcome<INodeExecutionData>>;
}

/**
 * The failure that stops a run, whose advice says beside it which file it was and what is in Zoho CRM already: the output of
 * a run that stops is empty, and nobody else tells.
 *
 * It counts in words ("the 3rd of 6 items"), as n8n's editor counts items from 0 in its errors and from 1 beside files.
 */
export function stoppedAt(failure: Failure, { subject, operation, items, item, address, outcomes }: Stopped): Failure {
	const file = failure.fileName === undefined ? '' : `the file '${quoted(failure.fileName, 60)}'`;
	const record = address.recordId === '' ? '' : `record ${address.recordId} of ${address.module}`;
	const what = [file, record].filter((part) => part !== '').join(' for ');
	const place = items === 1 ? 'It is' : `It is the ${ordinal(item + 1)} of ${items} items`;
	const done = [...outcomes].filter(([, outcome]) => outcome.ok).sort(([one], [other]) => one - other);
	const untried = items - [...outcomes.values()].filter(wasTried).length;
	return {
		...failure,
		description: [
			failure.description,
			...(items > 1 || file !== '' ? [what === '' ? `${place}.` : `${place}${items === 1 ? ' ' : ': '}${what}.`] : []),
			...stays(
				subject,
				operation,
				done.flatMap(([, outcome]) => (outcome.ok ? [outcome.value] : [])),
			),
			...(items > 1 && untried > 0 ? [`Not tried: ${untried} ${untried === 1 ? 'item' : 'items'}.`] : []),
		].join(' '),
	};
}

function wasTried(outcome: Outcome<INodeExecutionData>): boolean {
	return outcome.ok || outcome.failure.code !== NOT_ATTEMPTED;
}

/** Names what stays done, and how many records kept the photo that they had. */
function stays(subject: Subject, operation: string, done: readonly INodeExecutionData[]): string[] {
	const lead = STAYS.get(operation);
	if (lead === undefined) return [];
	const changed = done.filter(({ json }) => json.status !== 'skipped');
	const named = changed.slice(0, MOST_NAMED).map(({ json }) => {
		const fileName = isRecord(json.photo) ? textOf(json.photo.fileName) : '';
		return fileName === '' ? `record ${textOf(json.recordId)}` : `'${fileName}' on record ${textOf(json.recordId)}`;
	});
	const more = changed.length - named.length;
	const kept = done.length - changed.length;
	return [
		changed.length === 0 ? `${lead}: nothing.` : `${lead}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
		...(kept > 0 ? [kept === 1 ? `1 record kept ${subject.kept}.` : `${kept} records kept theirs.`] : []),
	];
}

/** A number as one counts: 1st, 2nd, 3rd, 4th, 11th, 21st. */
function ordinal(number: number): string {
	const teen = number % 100 >= 11 && number % 100 <= 13;
	return `${number}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}
