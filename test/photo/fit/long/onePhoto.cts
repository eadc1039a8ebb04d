import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fitPhoto } from '../../../../nodes/ZohoCrmPhoto/photo/fit/fit';

/** Shrinks one file to Zoho CRM's limits, or a largest side, in a process of its own; prints what it cost as JSON. */
async function main([from = '', to = '', largestSide = '0']: string[]): Promise<void> {
	const bytes = readFileSync(from);
	const before = process.memoryUsage.rss();
	const begun = performance.now();
	let [peak, stall, since, pauses] = [before, 0, begun, 0];
	let [step, usage] = [0, process.cpuUsage()];
	const look = (): void => {
		peak = Math.max(peak, process.memoryUsage.rss());
		stall = Math.max(stall, performance.now() - since);
		step = Math.max(step, process.cpuUsage(usage).user / 1000);
	};
	const wish = { maxPixels: 10_000_000, maxBytes: 10 * 1024 * 1024, largestSide: Number(largestSide) };
	const result = await fitPhoto('jpeg', bytes, wish, async () => {
		look();
		pauses++;
		await setTimeout(0);
		since = performance.now();
		usage = process.cpuUsage();
	});
	look();
	const seconds = (performance.now() - begun) / 1000;
	const processor = process.cpuUsage();
	if (result.ok) writeFileSync(to, result.bytes);
	const outcome = result.ok
		? { ok: true, width: result.width, height: result.height, bytes: result.bytes.length }
		: { ok: false, message: result.refusal.message };
	const memory = (peak - before) / 2 ** 20;
	console.log(JSON.stringify({ ...outcome, seconds, processor: processor.user / 1e6, memory, stall, step, pauses }));
}

void main(process.argv.slice(2));
