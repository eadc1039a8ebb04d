/** A photo of one of the four kinds: its file name, and the line of shell with which a real encoder writes it. */
export interface Recipe {
	name: string;
	kind: 'png' | 'jpeg' | 'gif' | 'bmp';
	line: string;
	/** The picture is followed by bytes that no decoder needs, so that a cut among them is no damage. */
	hasTail?: boolean;
}

/** Makes the source pictures that the recipes read. */
export const SOURCES = `
	P="convert -seed 20260101"
	$P -size 161x121 plasma:red-blue src.ppm
	$P -size 121x161 plasma:fractal tall.ppm
	$P -size 1021x7 plasma:fractal wide.ppm
	$P -size 701x503 plasma:fractal -attenuate 2 +noise Gaussian noise.ppm
	convert -size 1x1 xc:red dot.ppm
	convert src.ppm -colorspace Gray gray.pgm
	convert src.ppm -monochrome mono.pbm
	convert src.ppm -colors 200 palette.miff
	convert src.ppm -alpha set -channel A -evaluate set 50% +channel alpha.miff
	convert gray.pgm -alpha set -channel A -evaluate set 50% +channel gray-alpha.miff
	convert tall.ppm -resize 40x40 thumbnail.jpg
	convert src.ppm \\( src.ppm -negate \\) \\( src.ppm -flip -crop 50x40+9+8 \\) frames.miff
	yes 'All work and no play.' | head -c 60000 > words.txt
	yes 'profile' | head -c 300000 > large.icc
`;

/** A line of Python with Pillow; P is the source picture. */
function pillow(code: string): string {
	return `python3 -c 'from PIL import Image; P = Image.open("src.ppm"); T = Image.open("tall.ppm"); ${code}'`;
}

/** A line that writes OUT as IN with each regular expression (on bytes) replaced. */
function edited(input: string, output: string, code: string): string {
	return `python3 -c 'import re; b = open("${input}", "rb").read(); ${code}; open("${output}", "wb").write(b)'`;
}

function png(): Recipe[] {
	const recipes: Recipe[] = [];
	const add = (name: string, line: string, more: Partial<Recipe> = {}) =>
		recipes.push({ name: `${name}.png`, kind: 'png', line: line.replaceAll('OUT', `${name}.png`), ...more });
	const types: Array<[color: number, source: string, depths: number[]]> = [
		[0, 'gray.pgm', [1, 2, 4, 8, 16]],
		[2, 'src.ppm', [8, 16]],
		[3, 'tall.ppm', [1, 2, 4, 8]],
		[4, 'gray-alpha.miff', [8, 16]],
		[6, 'alpha.miff', [8, 16]],
	];
	for (const [color, source, depths] of types) {
		for (const depth of depths) {
			for (const interlace of ['none', 'PNG']) {
				const colors = color === 3 ? `-colors ${Math.min(2 ** depth, 200)}` : '';
				const define = `-define png:color-type=${color} -define png:bit-depth=${depth}`;
				add(
					`type${color}-${depth}bit-${interlace}`,
					`convert ${source} ${colors} -interlace ${interlace} ${define} OUT`,
				);
			}
		}
	}
	for (const prefix of ['PNG8', 'PNG24', 'PNG32', 'PNG48', 'PNG64', 'PNG00']) {
		add(prefix.toLowerCase(), `convert alpha.miff ${prefix}:OUT`);
	}
	for (const source of ['dot', 'wide', 'tall', 'noise']) add(source, `convert ${source}.ppm OUT`);
	for (const quality of [0, 5, 95]) add(`quality${quality}`, `convert src.ppm -quality ${quality} OUT`);
	add('comment', 'convert src.ppm -set comment "$(cat words.txt)" OUT');
	add('profile', 'convert src.ppm -profile large.icc OUT');
	add('offset', 'convert src.ppm -repage 500x400+30+40 OUT');
	add('exif', 'convert src.ppm OUT; exiftool -q -overwrite_original -n -Orientation=6 -Artist=Ada OUT');
	add('transparent', 'convert src.ppm -transparent red OUT');
	add('netpbm', 'pnmtopng -interlace src.ppm > OUT 2> /dev/null');
	add('netpbm-mono', 'pnmtopng mono.pbm > OUT 2> /dev/null');
	add('ffmpeg', 'ffmpeg -v error -y -i src.ppm OUT');
	add('apng-ffmpeg', 'ffmpeg -v error -y -f lavfi -i testsrc=s=90x60:d=0.4:r=10 -f apng OUT');
	add(
		'apng-apngasm',
		`convert src.ppm step1.png; convert src.ppm -negate step2.png; apngasm OUT 'step*.png' > /dev/null`,
	);
	add('apng-pillow', pillow('P.save("OUT", save_all=True, append_images=[P.rotate(90), P.rotate(180)])'));
	add('gm', 'gm convert src.ppm OUT');
	for (const mode of ['1', 'L', 'LA', 'I', 'P', 'RGB', 'RGBA']) {
		add(`pillow-${mode}`, pillow(`P.convert("${mode}").save("OUT", optimize=True)`));
	}
	add('tail', 'cat tall.png words.txt > OUT', { hasTail: true });
	return recipes;
}

function jpeg(): Recipe[] {
	const recipes: Recipe[] = [];
	const add = (name: string, line: string, more: Partial<Recipe> = {}) =>
		recipes.push({ name: `${name}.jpg`, kind: 'jpeg', line: line.replaceAll('OUT', `${name}.jpg`), ...more });
	for (const quality of [1, 10, 50, 75, 92, 100]) add(`quality${quality}`, `convert src.ppm -quality ${quality} OUT`);
	for (const sampling of ['1x1', '2x1', '1x2', '2x2', '4x1', '4x2']) {
		add(`sampling${sampling}`, `convert src.ppm -sampling-factor ${sampling} OUT`);
	}
	for (const source of ['dot', 'wide', 'tall', 'noise']) add(source, `convert ${source}.ppm OUT`);
	for (const space of ['Gray', 'CMYK', 'RGB']) {
		for (const interlace of ['none', 'JPEG']) {
			add(`${space}-${interlace}`, `convert src.ppm -colorspace ${space} -interlace ${interlace} OUT`);
		}
	}
	// Adobe's segment says 0 for CMYK and 2 for YCCK (Adobe TN 5116); the coded data is of the same form.
	add('YCCK', edited('CMYK-none.jpg', 'OUT', 'b = re.sub(b"(Adobe.{6}).", b"\\\\1\\2", b, 1, re.S)'));
	for (const [name, options] of Object.entries({
		'cjpeg-arithmetic': '-arithmetic',
		'cjpeg-arithmetic-progressive': '-arithmetic -progressive',
		'cjpeg-progressive': '-progressive',
		'cjpeg-progressive-gray': '-progressive -grayscale',
		'cjpeg-restart-rows': '-restart 1',
		'cjpeg-restart-blocks': '-restart 1B',
		'cjpeg-progressive-restart': '-progressive -restart 2B',
		'cjpeg-optimize': '-optimize -quality 33',
		'cjpeg-rgb': '-rgb',
		'cjpeg-float': '-dct float -sample 1x1',
	})) {
		add(name, `cjpeg ${options} src.ppm > OUT`);
	}
	add('noise-progressive', 'cjpeg -progressive -quality 100 noise.ppm > OUT');
	add('noise-restart', 'cjpeg -restart 1B -quality 100 noise.ppm > OUT');
	add('jpegtran', 'jpegtran -rotate 90 -progressive -copy all quality92.jpg > OUT');
	for (let orientation = 1; orientation <= 8; orientation += 1) {
		add(
			`exif-orientation${orientation}`,
			`cp tall.jpg OUT; exiftool -q -overwrite_original -n -Orientation=${orientation} -Make=Canon ` +
				`'-ThumbnailImage<=thumbnail.jpg' OUT`,
		);
	}
	add('comment', 'convert src.ppm -set comment "$(cat words.txt)" OUT');
	add('profile', 'convert src.ppm -profile large.icc OUT');
	add('exif-comment', `cp tall.jpg OUT; exiftool -q -overwrite_original '-UserComment<=words.txt' OUT`);
	add('xmp-large', `cp tall.jpg OUT; exiftool -q -overwrite_original '-XMP-dc:Description<=words.txt' OUT`);
	add(
		'everything',
		`cp profile.jpg OUT; exiftool -q -overwrite_original '-Comment<=words.txt' '-UserComment<=words.txt' '-ThumbnailImage<=thumbnail.jpg' OUT`,
	);
	add('mpo', pillow('P.save("OUT", format="MPO", save_all=True, append_images=[T])'), { hasTail: true });
	add('mpo-exiftool', 'cp mpo.jpg OUT; exiftool -q -overwrite_original -Artist=Ada OUT', { hasTail: true });
	add('motion', 'ffmpeg -v error -y -f lavfi -i testsrc=s=90x60:d=0.3 tail.mp4; cat tall.jpg tail.mp4 > OUT', {
		hasTail: true,
	});
	add('tail', 'head -c 4000 /dev/zero | cat tall.jpg - > OUT', { hasTail: true });
	add('ffmpeg', 'ffmpeg -v error -y -i src.ppm OUT');
	add('gm', 'gm convert src.ppm -interlace Line OUT');
	for (const mode of ['L', 'RGB', 'CMYK', 'YCbCr']) {
		add(`pillow-${mode}`, pillow(`P.convert("${mode}").save("OUT", quality=88, progressive=True, optimize=True)`));
	}
	// Any number of FF bytes may stand in front of a marker (ITU-T T.81, B.1.1.2).
	add(
		'fill-bytes',
		edited('tall.jpg', 'OUT', 'b = re.sub(b"\\xff([\\xc0\\xc4\\xda\\xd9])", b"\\xff" * 5 + b"\\\\1", b)'),
	);
	return recipes;
}

function gif(): Recipe[] {
	const recipes: Recipe[] = [];
	const add = (name: string, line: string, more: Partial<Recipe> = {}) =>
		recipes.push({ name: `${name}.gif`, kind: 'gif', line: line.replaceAll('OUT', `${name}.gif`), ...more });
	for (const colors of [2, 3, 4, 8, 16, 64, 128, 256]) {
		for (const interlace of ['none', 'GIF']) {
			add(`colors${colors}-${interlace}`, `convert src.ppm -colors ${colors} -interlace ${interlace} OUT`);
		}
	}
	for (const source of ['dot', 'wide', 'tall', 'noise']) add(source, `convert ${source}.ppm OUT`);
	add('gif87', 'convert src.ppm GIF87:OUT');
	add('transparent', 'convert src.ppm -transparent red OUT');
	add('comment', 'convert src.ppm -set comment "$(cat words.txt)" OUT');
	add('profile', 'convert src.ppm -profile large.icc OUT');
	for (const dispose of ['None', 'Background', 'Previous']) {
		add(`animated-${dispose}`, `convert -dispose ${dispose} -delay 10 -loop 0 frames.miff OUT`);
	}
	add('animated-optimized', 'convert -delay 10 frames.miff -layers Optimize OUT');
	add('gifsicle', 'gifsicle -O3 --interlace animated-None.gif > OUT');
	add('gifsicle-colors', 'gifsicle --colors 7 --loopcount=3 animated-Previous.gif > OUT');
	add('ffmpeg', 'ffmpeg -v error -y -f lavfi -i testsrc=s=90x60:d=0.5:r=10 OUT');
	add('gm', 'gm convert src.ppm OUT');
	add('pillow', pillow('P.save("OUT", save_all=True, append_images=[P.rotate(90), P.rotate(180)], loop=0)'));
	add('netpbm', 'pnmquant 100 src.ppm 2> /dev/null | ppmtogif -interlace 2> /dev/null > OUT');
	add('tail', 'cat tall.gif words.txt > OUT', { hasTail: true });
	return recipes;
}

function bmp(): Recipe[] {
	const recipes: Recipe[] = [];
	const add = (name: string, line: string, more: Partial<Recipe> = {}) =>
		recipes.push({ name: `${name}.bmp`, kind: 'bmp', line: line.replaceAll('OUT', `${name}.bmp`), ...more });
	for (const version of ['BMP2', 'BMP3', 'BMP']) {
		for (const source of [
			'src.ppm',
			'tall.ppm',
			'dot.ppm',
			'wide.ppm',
			'mono.pbm',
			'gray.pgm',
			'alpha.miff',
			'palette.miff',
		]) {
			add(
				`${version.toLowerCase()}-${source.slice(0, source.indexOf('.'))}`,
				`convert ${source} -compress none ${version}:OUT`,
			);
		}
		for (const colors of [2, 4, 16, 256]) {
			add(
				`${version.toLowerCase()}-colors${colors}`,
				`convert src.ppm -colors ${colors} -compress none ${version}:OUT`,
			);
		}
	}
	for (const colors of [2, 16, 200]) {
		add(`rle8-colors${colors}`, `convert src.ppm -colors ${colors} -type Palette -compress RLE BMP3:OUT`);
	}
	add(
		'rle8-flat',
		'convert -size 300x200 xc:red -fill blue -draw "rectangle 20,20 90,90" -type Palette -compress RLE OUT',
	);
	for (const subtype of ['RGB555', 'RGB565', 'ARGB4444', 'ARGB1555']) {
		const source = subtype.startsWith('A') ? 'alpha.miff' : 'src.ppm';
		add(subtype, `convert ${source} -define bmp:subtype=${subtype} OUT`);
	}
	for (const bits of [1, 4, 8, 24]) {
		for (const system of ['windows', 'os2']) {
			const colors = bits === 24 ? 'cat src.ppm' : `pnmquant ${2 ** bits} src.ppm 2> /dev/null`;
			add(`netpbm-${bits}bit-${system}`, `${colors} | ppmtobmp -bpp ${bits} -${system} > OUT 2> /dev/null`);
		}
	}
	for (const format of ['rgb24', 'bgra', 'rgb565le', 'rgb555le', 'pal8', 'gray', 'monob']) {
		add(`ffmpeg-${format}`, `ffmpeg -v error -y -i src.ppm -pix_fmt ${format} OUT`);
	}
	for (const mode of ['1', 'L', 'P', 'RGB', 'RGBA']) add(`pillow-${mode}`, pillow(`P.convert("${mode}").save("OUT")`));
	add('gm', 'gm convert src.ppm OUT');
	// Rows from the top: the height is stored negative.
	add('top-down', edited('bmp3-src.bmp', 'OUT', 'b = b[:22] + (-121).to_bytes(4, "little", signed=True) + b[26:]'));
	add('wrong-file-size', edited('bmp3-src.bmp', 'OUT', 'b = b[:2] + b"\\0\\0\\0\\0" + b[6:]'));
	add('tail', 'cat bmp3-tall.bmp words.txt > OUT', { hasTail: true });
	return recipes;
}

/** Every photo that must be accepted. A recipe may read the photos of the recipes before it. */
export const PHOTOS: readonly Recipe[] = [...png(), ...jpeg(), ...gif(), ...bmp()];
