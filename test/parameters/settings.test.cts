import { readParallel, readSettings } from '../../nodes/ZohoCrmPhoto/parameters/settings';
import { execution } from '../run/execution.cts';

const read = (options: unknown) => readSettings(execution({ parameters: { options: () => options } }).context, 0);
const DEFAULTS = {
	apiVersion: 'v8',
	unfitPhoto: 'fit',
	largestSide: 0,
	removeMetadata: false,
	existingPhoto: 'replace',
	timeout: 120_000,
	maxRetries: 4,
	waitAtMost: 900_000,
	restrictTriggers: false,
	fileName: '',
};

describe('readSettings', () => {
	it('refuses a value of any depth in a sentence', () => {
		let deep: unknown = 1;
		for (let level = 0; level < 100_000; level++) deep = [deep];
		for (const options of [{ largestSide: deep }, { apiVersion: deep }, { timeout: { deep } }]) {
			expect(read(options)).toMatchObject({
				failure: { code: 'INVALID_PARAMETER', message: expect.stringMatching(/cannot be [[{].{3,60}$/) },
			});
		}
	});

	it.each([
		{},
		undefined,
		null,
		'text',
		[],
		{ apiVersion: null, timeout: undefined, maxRetries: null, restrictTriggers: null, fileName: null },
		{
			apiVersion: '',
			unfitPhoto: '',
			largestSide: '',
			removeMetadata: '',
			existingPhoto: '',
			timeout: '',
			maxRetries: '',
			restrictTriggers: '',
			fileName: '',
		},
	])('gives the defaults for %j', (options) => expect(read(options)).toEqual({ ok: true, value: DEFAULTS }));

	it.each([
		[{ apiVersion: 'v2.1' }, { apiVersion: 'v2.1' }],
		[{ unfitPhoto: 'refuse' }, { unfitPhoto: 'refuse' }],
		[{ largestSide: '1024' }, { largestSide: 1024 }],
		[{ removeMetadata: 'true' }, { removeMetadata: true }],
		[{ existingPhoto: 'keep' }, { existingPhoto: 'keep' }],
		[{ timeout: 1 }, { timeout: 1 }],
		[{ timeout: ' 30000 ' }, { timeout: 30_000 }],
		[{ timeout: 2_147_483_647 }, { timeout: 2_147_483_647 }],
		[{ maxRetries: 0 }, { maxRetries: 0 }],
		[{ maxRetries: '10' }, { maxRetries: 10 }],
		[{ waitAtMost: 0 }, { waitAtMost: 0 }],
		[{ waitAtMost: '0.5' }, { waitAtMost: 30_000 }],
		[{ restrictTriggers: true }, { restrictTriggers: true }],
		[{ restrictTriggers: ' TRUE ' }, { restrictTriggers: true }],
		[{ restrictTriggers: 'false' }, { restrictTriggers: false }],
		[{ restrictTriggers: false }, { restrictTriggers: false }],
		[{ fileName: '  ada.jpg ' }, { fileName: 'ada.jpg' }],
		[{ fileName: 7 }, { fileName: '7' }],
	])('reads %j', (options, expected) =>
		expect(read(options)).toEqual({ ok: true, value: { ...DEFAULTS, ...expected } }),
	);

	it.each([
		[{ apiVersion: 'v9' }, "The option 'API Version' cannot be 'v9'", 'v2, v2.1, v3'],
		[{ apiVersion: 8 }, "The option 'API Version' cannot be 8", 'v8'],
		[{ apiVersion: 'constructor' }, "'API Version' cannot be 'constructor'", 'v8'],
		[{ unfitPhoto: 'crop' }, "'If Zoho CRM Would Not Take the Photo' cannot be 'crop'", 'fit or refuse'],
		[{ largestSide: -1 }, "'Largest Side' cannot be -1", 'a whole number of pixels'],
		[{ removeMetadata: 'maybe' }, "'Remove Location and Camera Data' cannot be 'maybe'", 'true or false'],
		[{ existingPhoto: true }, "'If the Record Has a Photo' cannot be true", 'replace or keep'],
		[{ timeout: 0 }, "'Timeout' cannot be 0", 'milliseconds from 1'],
		[{ timeout: 2_147_483_648 }, "'Timeout' cannot be 2147483648", '2147483647'],
		[{ timeout: 0.5 }, "'Timeout' cannot be 0.5", 'whole number'],
		[{ timeout: 'soon' }, "'Timeout' cannot be 'soon'", 'milliseconds'],
		[{ timeout: '  ' }, "'Timeout' cannot be '  '", 'milliseconds'],
		[{ maxRetries: 11 }, "'Max Retries' cannot be 11", 'from 0 to 10'],
		[{ maxRetries: -1 }, "'Max Retries' cannot be -1", 'from 0 to 10'],
		[{ maxRetries: [] }, "'Max Retries' cannot be []", 'from 0 to 10'],
		[{ waitAtMost: -1 }, "'Wait at Most' cannot be -1", 'minutes from 0 to 1440'],
		[{ waitAtMost: 1441 }, "'Wait at Most' cannot be 1441", 'minutes from 0 to 1440'],
		[{ waitAtMost: 'long' }, "'Wait at Most' cannot be 'long'", 'minutes from 0 to 1440'],
		[{ restrictTriggers: 'yes' }, "'Skip Workflow Triggers' cannot be 'yes'", 'true or false'],
		[{ restrictTriggers: 1 }, "'Skip Workflow Triggers' cannot be 1", 'true or false'],
		[{ fileName: { a: 'x'.repeat(99) } }, `'File Name' cannot be {"a":"${'x'.repeat(44)}...`, 'a text'],
	])('refuses %j', (options, says, advises) => {
		expect(read(options)).toEqual({
			ok: false,
			failure: {
				code: 'INVALID_PARAMETER',
				message: expect.stringContaining(says),
				description: expect.stringContaining(advises),
			},
		});
	});

	it('lets an expression that cannot be resolved through, for the loop to keep with its item', () => {
		const options = (): never => {
			throw new Error('No such node');
		};
		expect(() => readSettings(execution({ parameters: { options } }).context, 0)).toThrow('No such node');
	});
});

describe('readParallel', () => {
	it.each([
		[undefined, 5],
		[1, 1],
		['7', 7],
		[Infinity, 25],
		['', 5],
		[{}, 5],
	])('makes %j to %i', (parallelUploads, count) => {
		const { context } = execution({ parameters: { options: { parallelUploads } } });
		expect(readParallel(context)).toBe(count);
	});
});
