/** The emulator's time: the real one, that a test can move on, and pauses that end when the emulator closes. */
export class Clock {
	private ahead = 0;
	private readonly pauses = new Map<NodeJS.Timeout, () => void>();

	/** Milliseconds since 1970, with what `advance` added. */
	now(): number {
		return Date.now() + this.ahead;
	}

	/** Lets `ms` milliseconds pass at once: for token life (one hour), codes (two minutes), the ten-minute window. */
	advance(ms: number): void {
		this.ahead += ms;
	}

	/** Back to the real time. */
	reset(): void {
		this.ahead = 0;
	}

	/** Resolves after `ms` milliseconds of real time, or when the emulator closes. */
	async pause(ms: number): Promise<void> {
		if (ms <= 0) return;
		await new Promise<void>((resolve) => {
			const done = () => {
				clearTimeout(timer);
				this.pauses.delete(timer);
				resolve();
			};
			const timer = setTimeout(done, ms);
			this.pauses.set(timer, done);
		});
	}

	/** Ends every pause that is under way. */
	close(): void {
		for (const done of [...this.pauses.values()]) done();
	}
}
