import { spawnSync } from 'node:child_process';

/** The Debian packages that bring every tool named in this folder, for the message when one is missing. */
const PACKAGES =
	'imagemagick graphicsmagick webp libheif-examples libavif-bin libjpeg-turbo-progs libimage-exiftool-perl gifsicle ' +
	'apngasm netpbm libjxl-tools libopenjp2-tools ffmpeg python3-pil zip';

/** A shell command for each tool that says the given word when the tool is there. */
const PROBES: Record<string, [probe: string, word: string]> = {
	convert: ['convert -version', 'ImageMagick'],
	identify: ['identify -version', 'ImageMagick'],
	gm: ['gm version', 'GraphicsMagick'],
	cwebp: ['cwebp -version', '.'],
	'heif-enc': ['heif-enc --help', 'heif-enc'],
	avifenc: ['avifenc --version', 'aom'],
	cjpeg: ['cjpeg -version', 'libjpeg'],
	jpegtran: ['jpegtran -version', 'libjpeg'],
	exiftool: ['exiftool -ver', '.'],
	gifsicle: ['gifsicle --version', 'Gifsicle'],
	apngasm: ['apngasm --version', 'APNG'],
	pnmtopng: ['pnmtopng -version', 'Netpbm'],
	cjxl: ['cjxl --version', 'cjxl'],
	opj_compress: ['opj_compress -h', 'opj_compress'],
	ffmpeg: ['ffmpeg -version', 'ffmpeg'],
	Pillow: ['python3 -c "import PIL; print(PIL.__name__)"', 'PIL'],
	zip: ['zip -v', 'Zip'],
};

const ENVIRONMENT = {
	...process.env,
	// Debian's own tools come first: another ImageMagick or Python on the PATH may lack formats.
	PATH: `/usr/bin:/bin:${process.env.PATH ?? ''}`,
	LC_ALL: 'C.UTF-8',
	// Threads gain nothing on small pictures, and wait on each other on a busy machine.
	OMP_NUM_THREADS: '1',
};

/** Throws one message that names every missing tool and the packages to install. */
export function requireTools(): void {
	const missing = Object.entries(PROBES)
		.filter(([, [probe, word]]) => !shell(`${probe} 2>&1 || true`, '/tmp').toString().includes(word))
		.map(([name]) => name);
	if (missing.length === 0) return;
	throw new Error(`Missing: ${missing.join(', ')}. On Debian: apt-get install -y --no-install-recommends ${PACKAGES}`);
}

/**
 * Runs a line of shell in a folder, and throws the tools' own words when it exits with anything but 0.
 * @returns what went to standard output
 */
export function shell(line: string, folder: string): Buffer {
	const { status, stdout, stderr, error } = spawnSync('/bin/sh', ['-ec', line], {
		cwd: folder,
		env: ENVIRONMENT,
		maxBuffer: 256 * 1024 * 1024,
	});
	if (error !== undefined) throw error;
	if (status !== 0) throw new Error(`${line}\n${stderr.toString()}`);
	return stdout;
}
