import { askedWait, backoff, LONGEST_ASKED } from '../../nodes/ZohoCrmPhoto/network/backoff';

describe('backoff', () => {
	it.each([
		[1, 250, 500],
		[2, 500, 1000],
		[3, 1000, 2000],
		[6, 8000, 16_000],
		[7, 15_000, 30_000],
		[8, 15_000, 30_000],
		[11, 15_000, 30_000],
	])('after %i tries lies between %i and %i ms', (tries, least, most) => {
		expect(backoff(tries, 0)).toBe(least);
		expect(backoff(tries, 0.5)).toBe((least + most) / 2);
		expect(backoff(tries, 1)).toBe(most);
	});
});

describe('Retry-After', () => {
	const now = Date.UTC(2026, 4, 1, 12, 0, 0);

	it.each([
		['0', 0],
		['1', 1000],
		[' 30 ', 30_000],
		['120', 120_000],
		['Fri, 01 May 2026 12:00:07 GMT', 7000],
		['Friday, 01-May-26 12:00:07 GMT', 7000],
		['Fri, 01 May 2026 11:59:00 GMT', 0],
	])('%j asks for %i ms', (value, milliseconds) => {
		expect(askedWait(value, now)).toBe(milliseconds);
	});

	it.each([undefined, '', '   ', 'soon', '0.5', '-5', '1.5s', '12 minutes ago'])('%j asks for nothing', (value) => {
		expect(askedWait(value, now)).toBeUndefined();
	});

	it('is heeded up to ten minutes', () => {
		expect(LONGEST_ASKED).toBe(10 * 60 * 1000);
	});
});
