import type { INodeExecutionData } from 'n8n-workflow';

import { done, refused, type Failure, type Outcome } from '../../nodes/ZohoCrmPhoto/outcome';
import { stoppedAt } from '../../nodes/ZohoCrmPhoto/run/stopped';
import { subjectOf } from '../../nodes/ZohoCrmPhoto/run/subject';

const failure: Failure = { code: 'NOT_AN_IMAGE', message: 'It is not', description: 'Look at it.', fileName: 'c.txt' };
const address = { module: 'Leads', recordId: '7' };
const uploaded = (recordId: string, fileName: string): Outcome<INodeExecutionData> =>
	done({ json: { module: 'Leads', recordId, photo: { fileName }, code: 'SUCCESS', status: 'success' } });
const kept = done({ json: { recordId: '5', status: 'skipped' } });

function told(
	outcomes: Array<Outcome<INodeExecutionData>>,
	{ items = outcomes.length, operation = 'upload', of = failure, at = address } = {},
): string {
	const item = outcomes.findIndex(({ ok }) => !ok);
	const { description, ...rest } = stoppedAt(of, {
		subject: subjectOf('photo'),
		operation,
		items,
		item,
		address: at,
		outcomes: new Map(outcomes.entries()),
	});
	expect(rest).toEqual({ ...of, description: undefined });
	return description;
}

describe('stoppedAt', () => {
	it('names the file, its place, and what is in Zoho CRM already', () => {
		expect(told([uploaded('1', 'a.jpg'), uploaded('2', 'b.png'), refused(failure)], { items: 6 })).toBe(
			"Look at it. It is the 3rd of 6 items: the file 'c.txt' for record 7 of Leads. " +
				"Already in Zoho CRM: 'a.jpg' on record 1, 'b.png' on record 2. Not tried: 3 items.",
		);
	});

	it('counts those that came after the failure and those that kept their photo', () => {
		expect(told([kept, kept, refused(failure), uploaded('4', 'd.jpg'), refused(failure)])).toBe(
			"Look at it. It is the 3rd of 5 items: the file 'c.txt' for record 7 of Leads. " +
				"Already in Zoho CRM: 'd.jpg' on record 4. 2 records kept theirs.",
		);
		expect(told([kept, refused(failure)])).toContain('Already in Zoho CRM: nothing. 1 record kept its photo.');
	});

	it('names no more than anybody reads', () => {
		const many = Array.from({ length: 900 }, (_, n) => uploaded(String(n), `${n}.jpg`));
		expect(told([...many, refused(failure)])).toContain("'4.jpg' on record 4 and 895 more.");
		const long = { ...failure, fileName: 'x'.repeat(5000) };
		expect(told([refused(long)], { of: long }).length).toBeLessThan(150);
	});

	it.each([
		[0, '1st'],
		[1, '2nd'],
		[3, '4th'],
		[10, '11th'],
		[12, '13th'],
		[20, '21st'],
		[111, '112th'],
	])('counts in words: %i is the %s', (item, place) => {
		const before = Array.from({ length: item }, () => kept);
		expect(told([...before, refused(failure)], { items: 500 })).toContain(`It is the ${place} of 500 items: `);
	});

	it('says only what is so of one item alone', () => {
		expect(told([refused(failure)])).toBe(
			"Look at it. It is the file 'c.txt' for record 7 of Leads. Already in Zoho CRM: nothing.",
		);
		const nameless: Failure = { ...failure, fileName: undefined };
		expect(told([refused(nameless)], { of: nameless })).toBe('Look at it. Already in Zoho CRM: nothing.');
	});

	it('leaves out what there is not: a record, a file, something that stays', () => {
		const nameless: Failure = { ...failure, fileName: undefined };
		const nobody = { module: '', recordId: '' };
		const outcomes = [done({ json: { recordId: '1', hasPhoto: true } }), refused(nameless)];
		expect(told(outcomes, { of: nameless, at: nobody, operation: 'download' })).toBe(
			'Look at it. It is the 2nd of 2 items.',
		);
		const deleted = [done({ json: { recordId: '1', status: 'success' } }), refused(nameless)];
		expect(told(deleted, { of: nameless, at: nobody, operation: 'delete' })).toContain('Already deleted: record 1.');
	});

	it('counts what was given up because of the failure as not tried', () => {
		const given = refused({ ...failure, code: 'NOT_ATTEMPTED' });
		expect(told([refused(failure), given, given])).toContain('Not tried: 2 items.');
		expect(told([refused(failure), given])).toContain('Not tried: 1 item.');
	});
});
