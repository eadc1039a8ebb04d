import { PASSING_FAULTS, uploadThrough } from './storm.cts';
import { startStage, type Stage } from './stage.cts';

// An engine on a busy machine takes its time.
jest.setTimeout(120_000);

describe('a storm of faults', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStage();
	}, 60_000);
	afterAll(async () => await stage.close());

	it('over 80 photos: all stored byte for byte, each once in the output, in the input order', async () => {
		const seed = Number(process.env.STORM_SEED ?? 20_261_123);
		const { successes, failures, ids, intact, faults } = await uploadThrough(stage, {
			photos: 80,
			share: 0.2,
			seed,
			timeout: 700,
			answers: PASSING_FAULTS,
			parallelUploads: 10,
			maxRetries: 8,
		});
		// The seed is told with every failure.
		expect({ seed, failures }).toEqual({ seed, failures: [] });
		expect({ seed, successes }).toEqual({ seed, successes: ids });
		expect({ seed, intact }).toEqual({ seed, intact: 80 });
		expect(faults).toBeGreaterThan(8);
	});
});
