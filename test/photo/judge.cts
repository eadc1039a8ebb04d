import { inspectPhoto } from '../../nodes/ZohoCrmPhoto/photo/inspect';

const CODES = [
	'EMPTY_FILE',
	'NOT_AN_IMAGE',
	'UNSUPPORTED_FILE_TYPE',
	'CORRUPT_IMAGE',
	'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
];

/** The longest that a check of a file of up to 10 MiB may take, in milliseconds. */
export const LONGEST_CHECK = 100;

/** The processor's milliseconds since the start of this process, on all its threads. */
function processorTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/**
 * Inspects a file and measures what the check itself costs. On a busy machine the clock counts the work of others, too,
 * so the processor's time counts where it is less, and a check that took too long is measured up to five times.
 * @returns what is wrong with the verdict, or undefined, and the least of the measured milliseconds
 */
export function judged(bytes: Buffer): { fault?: string; milliseconds: number } {
	let milliseconds = Infinity;
	let fault: string | undefined;
	for (let tries = 0; tries < 5 && milliseconds > LONGEST_CHECK; tries += 1) {
		const [clock, processor] = [performance.now(), processorTime()];
		try {
			fault = faultIn(inspectPhoto(bytes), bytes.length);
		} catch (thrown) {
			fault = `threw ${String(thrown)}`;
		}
		milliseconds = Math.min(milliseconds, performance.now() - clock, processorTime() - processor);
	}
	return { fault, milliseconds };
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
