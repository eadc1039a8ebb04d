import { execFileSync } from 'node:child_process';

/** What is encoded, and how. */
export interface Encoding {
	size: string;
	/** Of samples, by ffmpeg's name. */
	format: string;
	/** Of x265. */
	parameters: string;
	/** Of ffmpeg, after noise was put in. */
	filter: string;
}

const DEFAULTS: Encoding = { size: '68x46', format: 'yuv420p', parameters: 'crf=24', filter: 'null' };

function ffmpeg(input: Buffer | undefined, ...parameters: string[]): Buffer {
	return execFileSync('/usr/bin/ffmpeg', ['-v', 'error', ...parameters], {
		...(input !== undefined && { input }),
		maxBuffer: 2 ** 30,
		// x265 says something of its own to nobody.
		stdio: ['pipe', 'pipe', 'ignore'],
	});
}

/** A picture with smooth parts, edges and noise as an HEVC bitstream of x265. */
export function encoded(encoding: Partial<Encoding>): Buffer {
	const { size, format, parameters, filter } = { ...DEFAULTS, ...encoding };
	const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${size}`, '-vf', `noise=alls=20,${filter}`, '-frames:v', '1'];
	const options = `log-level=none:keyint=1:info=0:pools=1:${parameters}`;
	return ffmpeg(
		undefined,
		...picture,
		'-pix_fmt',
		format,
		'-c:v',
		'libx265',
		'-x265-params',
		options,
		'-f',
		'hevc',
		'-',
	);
}

/** What ffmpeg reads from a bitstream: planes one after the other, samples of more than 8 bits as two bytes, the lower first. */
export function samplesByFfmpeg(stream: Buffer): Buffer {
	return ffmpeg(stream, '-f', 'hevc', '-i', '-', '-frames:v', '1', '-f', 'rawvideo', '-');
}

/** As {@link samplesByFfmpeg}, samples of more bits cut to 8. */
export function readByFfmpeg(stream: Buffer, { format = 'yuv420p' }: Partial<Encoding>): Buffer {
	const raw = samplesByFfmpeg(stream);
	const depth = Number(/p(1\d)$/.exec(format)?.[1] ?? 8);
	if (depth === 8) return raw;
	return Buffer.from(Array.from({ length: raw.length / 2 }, (_, i) => raw.readUInt16LE(2 * i) >> (depth - 8)));
}
