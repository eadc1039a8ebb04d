import type { StoredPhoto } from '../crm/photos.cts';
import { type FaultAnswer, nameOfFault } from '../faults/faultAnswers.cts';
import type { Fault } from '../faults/faults.cts';
import type { ZohoService } from '../zohoService.cts';
import type { ImageFacts, PhotoFacts, State } from './wire.cts';

/** A fault in a few words: its conditions, then what it does. */
export function faultInWords(fault: Fault): string {
	const answers: readonly FaultAnswer[] = 'kind' in fault.answer ? [fault.answer] : fault.answer;
	const when = Object.entries(fault.when).map(([name, value]) => `${name} ${String(value)}`);
	return `${when.join(', ') || 'every call'}: ${answers.map(nameOfFault).join(' | ')}`;
}

/** A photo without its bytes, with the name of its record. */
export function photoFacts(zoho: ZohoService, photo: StoredPhoto): PhotoFacts {
	const { bytes: _, ...facts } = photo;
	return { ...facts, recordName: zoho.records.get(photo.module, photo.recordId)?.name ?? '' };
}

/** The images of all records' fields without their bytes. */
function imagesOf(zoho: ZohoService): ImageFacts[] {
	return zoho.imageFields.all().flatMap(({ module, recordId, field, images }) => {
		const recordName = zoho.records.get(module, recordId)?.name ?? '';
		return images.map(({ id, size, sha256, fileName, mimeType }) => ({
			...{ module, recordId, recordName, field, id, size, sha256, fileName, mimeType },
		}));
	});
}

/** Everything about the emulator that fits into one JSON answer. */
export function stateOf(zoho: ZohoService): State {
	const { limits } = zoho;
	const cpu = process.cpuUsage();
	return {
		photos: zoho.photos.all().map((photo) => photoFacts(zoho, photo)),
		images: imagesOf(zoho),
		callCount: zoho.calls.length,
		tokenCalls: [...zoho.tokenCalls],
		leaks: [...zoho.leaks],
		siteCalls: [...zoho.siteCalls],
		refusedHosts: [...zoho.refusedHosts],
		counters: { ...zoho.counters },
		connections: zoho.tokens.refreshTokenCount,
		limits: {
			concurrency: limits.concurrency,
			latencyMs: limits.latencyMs,
			credits: limits.credits ?? null,
			retryAfterSeconds: limits.retryAfterSeconds ?? null,
			tooManyCode: limits.tooManyCode,
		},
		faults: zoho.faults.list().map((fault) => ({
			id: fault.id,
			what: faultInWords(fault),
			met: fault.met,
			played: fault.played,
		})),
		network: zoho.network.list(),
		keepBytes: zoho.photos.keepBytes,
		process: { cpuSeconds: (cpu.user + cpu.system) / 1e6, residentBytes: process.memoryUsage.rss() },
	};
}
