import type { Readable } from 'node:stream';

/**
 * The lines that a process writes to its streams. A call's output is complete when its closing line has come on every
 * stream: the streams and the IPC channel are separate pipes and overtake each other.
 */
export class OutputLog {
	private readonly lines: string[] = [];
	private readonly waiting = new Map<string, { left: number; done: () => void }>();
	private readonly streams: number;

	constructor(...streams: Readable[]) {
		this.streams = streams.length;
		for (const stream of streams) this.follow(stream);
	}

	/** How many lines there are so far. */
	get length(): number {
		return this.lines.length;
	}

	/** The lines from the given one on. */
	since(start: number): string[] {
		return this.lines.slice(start);
	}

	/** Resolves when the closing line has come on every stream. Ask before it can come. */
	async closing(line: string): Promise<void> {
		await new Promise<void>((done) => this.waiting.set(line, { left: this.streams, done }));
	}

	private follow(stream: Readable): void {
		let rest = '';
		stream.setEncoding('utf8');
		stream.on('data', (text: string) => {
			const lines = (rest + text).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) this.add(line);
		});
		stream.on('end', () => {
			if (rest !== '') this.add(rest);
		});
	}

	private add(line: string): void {
		const waiting = this.waiting.get(line);
		if (waiting === undefined) {
			this.lines.push(line);
			return;
		}
		waiting.left--;
		if (waiting.left > 0) return;
		this.waiting.delete(line);
		waiting.done();
	}
}
