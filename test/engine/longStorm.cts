import { CORES, startStageOn } from './stage.cts';
import { PASSING_FAULTS, uploadThrough, type Storm } from './storm.cts';

/**
 * The long storms, too long for every test run: 500 photos, a fifth of the calls struck, on each core of ENGINE_CORES.
 * `npx tsx test/engine/longStorm.cts [seed]`; ends with 1 if a photo is missing, changed or twice in the output.
 */
async function main(seed: number): Promise<void> {
	const storm: Storm = {
		photos: 500,
		share: 0.2,
		seed,
		timeout: 1500,
		answers: PASSING_FAULTS,
		parallelUploads: 10,
		maxRetries: 10,
	};
	for (const core of CORES) {
		const stage = await startStageOn(core);
		try {
			const { successes, failures, ids, intact, faults, seconds } = await uploadThrough(stage, storm);
			const isInOrder = JSON.stringify(successes) === JSON.stringify(ids);
			const isWell = failures.length === 0 && isInOrder && intact === storm.photos;
			console.log(
				`${isWell ? 'well' : 'BROKEN'}: core ${core}, seed ${seed}: ${intact} of ${storm.photos} intact, ` +
					`${failures.length} refused, output ${isInOrder ? 'in order' : 'NOT in order'}, ` +
					`${faults} faults met, ${seconds.toFixed(0)} s`,
			);
			if (!isWell) {
				console.log(failures.slice(0, 5));
				process.exitCode = 1;
			}
		} finally {
			await stage.close();
		}
	}
}

void main(Number(process.argv[2] ?? Math.floor(Math.random() * 1e6)));
