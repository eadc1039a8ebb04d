import { inspectPhoto } from '../../nodes/ZohoCrmPhoto/photo/inspect';

const CODES = [
	'EMPTY_FILE',
	'NOT_AN_IMAGE',
	'UNSUPPORTED_FILE_TYPE',
	'CORRUPT_IMAGE',
	'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
];

/**
 * The most that a check of a file of up to 10 MiB may cost, in plain passes: looks at each byte of 10 MiB, one after the
 * other. A check reads a file a few times at most; one that reads it again and again takes thousands. Passes and not
 * milliseconds, as a busy machine makes both slow.
 */
export const LONGEST_CHECK = 15;

/** The processor's milliseconds since the start of this process, on all its threads. */
function processorTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** Milliseconds by the clock or of the processor, whichever are fewer: on a busy machine the clock counts the work of others, too. */
function millisecondsOf(work: () => void): number {
	const [clock, processor] = [performance.now(), processorTime()];
	work();
	return Math.min(performance.now() - clock, processorTime() - processor);
}

const PLAIN = Buffer.alloc(10 * 1024 * 1024, 'plain');

function plainPass(): number {
	return millisecondsOf(() => {
		let sum = 0;
		for (let at = 0; at < PLAIN.length; at += 1) sum += PLAIN[at] ?? 0;
		if (sum === 0) throw new Error('Nothing was read');
	});
}

// The first passes are slow, before the engine has compiled the loop.
let pass = Math.min(plainPass(), plainPass(), plainPass());

/**
 * Inspects a file and measures what the check itself costs. A check that took too long is measured up to five times, with a
 * plain pass beside it each time.
 * @returns what is wrong with the verdict, or undefined, and what the check cost at the least, in plain passes
 */
export function judged(bytes: Buffer): { fault?: string; passes: number } {
	let passes = Infinity;
	let fault: string | undefined;
	for (let tries = 0; tries < 5 && passes > LONGEST_CHECK; tries += 1) {
		if (tries > 0) pass = plainPass();
		const milliseconds = millisecondsOf(() => {
			try {
				fault = faultIn(inspectPhoto(bytes), bytes.length);
			} catch (thrown) {
				fault = `threw ${String(thrown)}`;
			}
		});
		passes = Math.min(passes, milliseconds / pass);
	}
	return { fault, passes };
}

function faultIn(inspection: ReturnType<typeof inspectPhoto>, length: number): string | undefined {
	if (inspection.ok) {
		const { width, height, fileSize } = inspection.facts;
		const isWithin = width >= 1 && height >= 1 && width * height <= 10_000_000 && fileSize === length;
		return isWithin ? undefined : `accepted ${JSON.stringify(inspection.facts)}`;
	}
	const { code, message, description } = inspection.refusal;
	const isSound = CODES.includes(code) && /[^.\s]$/.test(message) && description.endsWith('.') && message.length < 250;
	return isSound ? undefined : `refused with ${JSON.stringify(inspection.refusal)}`;
}
