import type { INodeExecutionData } from 'n8n-workflow';

import { done, refused, type Outcome } from '../../nodes/ZohoCrmPhoto/outcome';
import { subjectOf } from '../../nodes/ZohoCrmPhoto/run/subject';
import { summary } from '../../nodes/ZohoCrmPhoto/run/summary';

type Outcomes = Array<Outcome<INodeExecutionData>>;
const failed = (...codes: string[]): Outcomes => codes.map((code) => refused({ code, message: '', description: '' }));
const went = (count: number, json = {}): Outcomes => Array.from({ length: count }, () => done({ json }));
const kept = (count: number): Outcomes => went(count, { status: 'skipped' });
const without = (count: number): Outcomes => went(count, { hasPhoto: false });
const [TOO_LARGE, INVALID] = ['FILE_SIZE_MORE_THAN_ALLOWED_SIZE', 'INVALID_DATA'];

describe('summary', () => {
	it.each<[string, Outcomes, string | undefined]>([
		['upload', went(3), undefined],
		['upload', [...went(3), ...kept(2)], undefined],
		['upload', failed('EMPTY_FILE'), 'The photo was not uploaded: empty'],
		['upload', [...went(49), ...failed(INVALID)], '49 of 50 photos uploaded, 1 not uploaded: not accepted by Zoho CRM'],
		[
			'upload',
			[...failed(INVALID, TOO_LARGE), ...went(47), ...failed(TOO_LARGE)],
			'47 of 50 photos uploaded, 3 not uploaded: 2 too large, 1 not accepted by Zoho CRM',
		],
		[
			'upload',
			[...kept(5), ...failed('NOT_AN_IMAGE')],
			'0 of 6 photos uploaded, 5 records kept theirs, 1 not uploaded: not a picture',
		],
		[
			'upload',
			[...went(2), ...kept(1), ...failed(TOO_LARGE, TOO_LARGE)],
			'2 of 5 photos uploaded, 1 record kept its photo, 2 not uploaded: 2 too large',
		],
		['download', failed('NEW_CODE', 'NEW_CODE'), '0 of 2 photos downloaded, 2 not downloaded: 2 NEW_CODE'],
		[
			'download',
			[...went(1), ...without(2), ...failed('NO_PERMISSION')],
			'1 of 4 photos downloaded, 2 records have none, 1 not downloaded: not allowed',
		],
		[
			'download',
			[...without(1), ...failed('NO_PERMISSION')],
			'0 of 2 photos downloaded, 1 record has none, 1 not downloaded: not allowed',
		],
		['delete', [...went(1), ...failed('constructor')], '1 of 2 photos deleted, 1 not deleted: constructor'],
		['toString', [...went(1), ...failed('RECORD_LOCKED')], '1 of 2 photos done, 1 not done: record locked'],
	])('of %s and %j is %j', (operation, outcomes, sentence) => {
		expect(summary(subjectOf('photo'), operation, outcomes.length, outcomes)).toBe(sentence);
	});

	it.each<[string, Outcomes, string]>([
		['upload', failed('EMPTY_FILE'), 'The images were not uploaded: empty'],
		[
			'upload',
			[...went(2), ...kept(1), ...failed(TOO_LARGE)],
			'Images of 2 of 4 items uploaded, 1 record kept its images, 1 not uploaded: too large',
		],
		[
			'download',
			[...went(1, { hasImages: false }), ...failed('NO_PERMISSION')],
			'Images of 0 of 2 items downloaded, 1 record has none, 1 not downloaded: not allowed',
		],
	])('of image fields, %s and %j is %j', (operation, outcomes, sentence) => {
		expect(summary(subjectOf('imageField'), operation, outcomes.length, outcomes)).toBe(sentence);
	});

	it('says what is wrong where the code is used for several things', () => {
		const short = (reason: string) => refused({ code: INVALID, message: '', description: '', short: reason });
		const outcomes = [short('record not found'), short('without a valid record'), short('record not found')];
		expect(summary(subjectOf('photo'), 'upload', 9, [...outcomes, ...went(6)])).toBe(
			'6 of 9 photos uploaded, 3 not uploaded: 2 record not found, 1 without a valid record',
		);
	});
});
