import { checkFileSize, MOST_BYTES, MOST_PIXELS } from '../../nodes/ZohoCrmPhoto/photo/limits';
import { sizeWithinLimits } from '../../nodes/ZohoCrmPhoto/photo/tooLarge';

const ADVICE =
	"If it is a photo, make it smaller first. Put an Edit Image node before this one: Operation 'Resize', Width 3100, " +
	"Height 3100, Option 'Only if Larger', and under Options add Format 'jpeg'.";

describe('the size of a file', () => {
	it('is allowed up to 10 MiB', () => {
		expect(MOST_BYTES).toBe(10_485_760);
		expect(checkFileSize(0)).toBeUndefined();
		expect(checkFileSize(10_485_760)).toBeUndefined();
		expect(checkFileSize(10_485_761)?.code).toBe('FILE_SIZE_MORE_THAN_ALLOWED_SIZE');
	});

	it('is told with a way out, before anything is loaded', () => {
		expect(checkFileSize(12_345_678)).toEqual({
			code: 'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
			message: 'The file is 12.3 MB; Zoho CRM takes photos of at most 10 MB',
			description: ADVICE,
		});
		expect(checkFileSize(2_147_483_648)?.message).toMatch(/^The file is 2\.1 GB;/);
		expect(checkFileSize(1_000_000_000)?.message).toMatch(/^The file is 1\.0 GB;/);
		expect(checkFileSize(999_949_999)?.message).toMatch(/^The file is 999\.9 MB;/);
	});

	it('is told with the option to make it fit where the file is declared to be an image', () => {
		const fit = " Or set this node's option 'If Zoho CRM Would Not Take the Photo' to 'Make It Fit'.";
		expect(checkFileSize(12_345_678, 'image/jpeg')?.description).toBe(ADVICE + fit);
		expect(checkFileSize(12_345_678, 'image/png')?.description).toBe(ADVICE + fit);
		expect(checkFileSize(12_345_678, 'video/mp4')?.description).toBe(ADVICE);
		expect(checkFileSize(9, 'image/jpeg')).toBeUndefined();
	});
});

describe('the size to resize to', () => {
	it.each([
		[4032, 3024, 3633, 2724],
		[3024, 4032, 2724, 3633],
		[10_000, 10_000, 3146, 3146],
		[65_535, 65_535, 3146, 3146],
		[65_500, 200, 56_940, 173],
		[3_000_000, 10, 1_723_368, 5],
		[20_000_000, 1, 9_900_000, 1],
		[1, 2_147_483_647, 1, 9_900_000],
		[3146, 3146, 3146, 3146],
		[47, 31, 47, 31],
		[1, 1, 1, 1],
	])('of %i x %i is %i x %i', (width, height, newWidth, newHeight) => {
		expect(sizeWithinLimits({ width, height })).toEqual({ width: newWidth, height: newHeight });
		expect(newWidth * newHeight).toBeLessThanOrEqual(MOST_PIXELS * 0.99);
	});

	it('keeps at most the given share of the pixels', () => {
		expect(sizeWithinLimits({ width: 2000, height: 1000 }, 0.25)).toEqual({ width: 1000, height: 500 });
		expect(sizeWithinLimits({ width: 8000, height: 8000 }, 0.9)).toEqual({ width: 3146, height: 3146 });
		expect(sizeWithinLimits({ width: 8000, height: 8000 }, 0.01)).toEqual({ width: 800, height: 800 });
	});
});
