/** Tells somebody who waits what is being done and how far it is. */
export interface Progress {
	/** Begins a step. @returns a function that is told how far it is */
	begin(step: string): (far: string) => void;
	end(): void;
}

const QUIET_MS = 10_000;
const LIVELY_MS = 250;

/** A progress on a stream: on a terminal one line that is written anew, elsewhere a line now and then. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
	let timer: NodeJS.Timeout | undefined;
	let step = '';
	let far = '';
	let begun = 0;
	const line = (): string => {
		const seconds = Math.round((Date.now() - begun) / 1000);
		return `${step}: ${far === '' ? '' : `${far}, `}${seconds} s`;
	};
	const show = (): void => {
		if (stream.isTTY) stream.write(`\r\u001b[K${line()}`);
		else stream.write(`${line()}\n`);
	};
	return {
		begin(name) {
			step = name;
			far = '';
			begun = Date.now();
			timer = setInterval(show, stream.isTTY ? LIVELY_MS : QUIET_MS);
			show();
			return (told) => {
				far = told;
			};
		},
		end() {
			clearInterval(timer);
			show();
			if (stream.isTTY) stream.write('\n');
		},
	};
}
