import { createHash } from 'node:crypto';

import { type FaultAnswer, stormMix } from './faultAnswers.cts';

/** Which calls a fault meets: all that fit every condition given. */
export interface FaultWhen {
	/** A host name; without it, all API hosts (not accounts). */
	host?: string;
	method?: string;
	module?: string;
	recordId?: string;
	/** A piece of the path, such as `/photo` or `/oauth/v2/token`. */
	path?: string;
	/** Only these of the calls that fit, counted from 1. */
	nth?: number | readonly number[];
	/** At most this many times in all. */
	times?: number;
	/**
	 * At most this many times for one and the same method and path, so that a client with enough patience gets through.
	 */
	timesPerCall?: number;
	/** Only this share of the calls that fit, 0 to 1, by the seed. */
	share?: number;
	/** Default 1. The same seed meets the same tries of the same calls, in whatever order they come. */
	seed?: number;
}

/** A fault: when, and what. A list of answers is drawn from by the seed. */
export interface Fault {
	when: FaultWhen;
	answer: FaultAnswer | readonly FaultAnswer[];
}

/** What a fault may look at. */
export interface FaultSubject {
	host: string;
	isAccounts: boolean;
	method: string;
	path: string;
	module: string | undefined;
	recordId: string | undefined;
}

interface ActiveFault extends Fault {
	id: number;
	/** Calls that fitted. */
	met: number;
	/** Times it was played. */
	played: number;
	triesByCall: Map<string, number>;
	playedByCall: Map<string, number>;
}

/** A number from 0 to 1 (not 1) that depends on nothing but the words given. */
function draw(...words: ReadonlyArray<string | number>): number {
	return createHash('md5').update(words.join('|')).digest().readUInt32BE(0) / 2 ** 32;
}

function fits(when: FaultWhen, subject: FaultSubject): boolean {
	const hostFits = when.host === undefined ? !subject.isAccounts || isAboutAccounts(when) : when.host === subject.host;
	return (
		hostFits &&
		(when.method === undefined || when.method === subject.method) &&
		(when.module === undefined || when.module === subject.module) &&
		(when.recordId === undefined || when.recordId === subject.recordId) &&
		(when.path === undefined || subject.path.includes(when.path))
	);
}

function isAboutAccounts(when: FaultWhen): boolean {
	return when.path?.includes('/oauth') ?? false;
}

/** The faults to be played, in the order in which they were added; the first that fits is played. */
export class Faults {
	private active: ActiveFault[] = [];
	private lastId = 0;

	/** Adds a fault. @returns its number, for `remove` */
	add(fault: Fault): number {
		this.lastId++;
		this.active.push({
			...fault,
			id: this.lastId,
			met: 0,
			played: 0,
			triesByCall: new Map(),
			playedByCall: new Map(),
		});
		return this.lastId;
	}

	/**
	 * Adds a storm over photo calls: a share of them meets something out of a mix.
	 * @param storm `share` 0 to 1; `seed` default 1; `answers` default: 429 of both codes, 5xx, resets and hangs of 2 s
	 */
	storm(storm: { share: number; seed?: number; answers?: readonly FaultAnswer[]; when?: FaultWhen }): number {
		const { share, seed = 1, answers = stormMix, when = { path: '/photo' } } = storm;
		return this.add({ when: { ...when, share, seed }, answer: answers });
	}

	/** Takes one fault away. */
	remove(id: number): void {
		this.active = this.active.filter((fault) => fault.id !== id);
	}

	/** Takes all faults away. */
	clear(): void {
		this.active = [];
	}

	/** The faults with how often they were met and played. */
	list(): Array<Fault & { id: number; met: number; played: number }> {
		return this.active.map(({ id, when, answer, met, played }) => ({ id, when, answer, met, played }));
	}

	/** The fault that this call meets, if any. Counts the call. */
	take(subject: FaultSubject): FaultAnswer | undefined {
		for (const fault of this.active) {
			if (!fits(fault.when, subject)) continue;
			const answer = this.play(fault, `${subject.method} ${subject.path}`);
			if (answer) return answer;
		}
		return undefined;
	}

	private play(fault: ActiveFault, key: string): FaultAnswer | undefined {
		const { nth, times, timesPerCall, share, seed = 1 } = fault.when;
		fault.met++;
		const attempt = (fault.triesByCall.get(key) ?? 0) + 1;
		fault.triesByCall.set(key, attempt);
		const playedHere = fault.playedByCall.get(key) ?? 0;
		const numbers = typeof nth === 'number' ? [nth] : nth;
		if (numbers && !numbers.includes(fault.met)) return undefined;
		if (times !== undefined && fault.played >= times) return undefined;
		if (timesPerCall !== undefined && playedHere >= timesPerCall) return undefined;
		if (share !== undefined && draw(seed, key, attempt, 'share') >= share) return undefined;
		fault.played++;
		fault.playedByCall.set(key, playedHere + 1);
		const answers: readonly FaultAnswer[] = 'kind' in fault.answer ? [fault.answer] : fault.answer;
		return answers[Math.floor(draw(seed, key, attempt, 'kind') * answers.length)];
	}
}
