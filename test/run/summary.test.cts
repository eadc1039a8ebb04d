import { summary } from '../../nodes/ZohoCrmPhoto/run/summary';

const failed = (...codes: string[]) => codes.map((code) => ({ code, message: '', description: '' }));

describe('summary', () => {
	it.each([
		['upload', 3, [], undefined],
		['upload', 1, ['EMPTY_FILE'], '1 of 1 photo was not uploaded: 1 empty'],
		['upload', 50, ['INVALID_DATA'], '1 of 50 photos was not uploaded: 1 not accepted by Zoho CRM'],
		[
			'upload',
			50,
			['INVALID_DATA', 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE', 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE'],
			'3 of 50 photos were not uploaded: 2 too large, 1 not accepted by Zoho CRM',
		],
		['download', 2, ['NEW_CODE', 'NEW_CODE'], '2 of 2 photos were not downloaded: 2 NEW_CODE'],
		['delete', 2, ['constructor'], '1 of 2 photos was not deleted: 1 constructor'],
		['toString', 2, ['RECORD_LOCKED'], '1 of 2 photos was not done: 1 record locked'],
	])('of %s, %i items and %j is %j', (operation, items, codes, sentence) => {
		expect(summary(operation, items, failed(...codes))).toBe(sentence);
	});

	it('says what is wrong where the code is used for several things', () => {
		const short = (reason: string) => ({ code: 'INVALID_DATA', message: '', description: '', short: reason });
		const failures = [short('record not found'), short('without a valid record'), short('record not found')];
		expect(summary('upload', 9, failures)).toBe(
			'3 of 9 photos were not uploaded: 2 record not found, 1 without a valid record',
		);
	});
});
