/** A file that must be refused: how a real program makes it, the code, and the name that the message must hold. */
export interface Refused {
	name: string;
	code: 'NOT_AN_IMAGE' | 'UNSUPPORTED_FILE_TYPE' | 'EMPTY_FILE';
	says: string;
	line: string;
}

function image(name: string, says: string, line: string): Refused {
	return { name, code: 'UNSUPPORTED_FILE_TYPE', says, line };
}

function other(name: string, says: string, line: string): Refused {
	return { name, code: 'NOT_AN_IMAGE', says, line };
}

const CLIP = 'ffmpeg -v error -y -f lavfi -i testsrc=s=64x48:d=0.3 -f lavfi -i sine=d=0.3';
const SOUND = 'ffmpeg -v error -y -f lavfi -i sine=d=0.3';

/** The names are wrong on purpose where people meet it so: content alone decides. */
export const REFUSED: readonly Refused[] = [
	image('cwebp.jpg', 'WebP', 'cwebp -quiet src.ppm -o OUT'),
	image('lossless.webp', 'WebP', 'cwebp -quiet -lossless src.ppm -o OUT'),
	image('magick.webp', 'WebP', 'convert alpha.miff OUT'),
	image('animated.webp', 'WebP', 'ffmpeg -v error -y -f lavfi -i testsrc=s=64x48:d=0.3 -loop 0 OUT'),
	image(
		'phone.jpg',
		'HEIC',
		'convert src.ppm heic-source.png; heif-enc heic-source.png -o heic.heic > /dev/null 2>&1; mv heic.heic OUT',
	),
	image('avifenc.avif', 'AVIF', 'convert src.ppm avif-source.png; avifenc -s 10 avif-source.png OUT > /dev/null 2>&1'),
	image('little.tiff', 'TIFF', 'convert src.ppm -endian LSB OUT'),
	image('big.tif', 'TIFF', 'convert src.ppm -endian MSB -compress LZW OUT'),
	image('big64.tif', 'TIFF', 'convert src.ppm TIFF64:OUT'),
	image('pages.tif', 'TIFF', 'convert frames.miff OUT'),
	image(
		'ffmpeg-drawing.svg',
		'SVG',
		`echo '<?xml version="1.0"?><!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>' > OUT`,
	),
	image('magick.ico', 'ICO', 'convert src.ppm -resize 32x32 OUT'),
	image('many.ico', 'ICO', 'convert src.ppm -define icon:auto-resize=16,32,48 OUT'),
	image('magick.psd', 'PSD', 'convert src.ppm OUT'),
	image(
		'magick.pdf',
		'PDF',
		'ffmpeg -v error -y -i src.ppm pdf.jpg; python3 -c \'from PIL import Image; Image.open("pdf.jpg").save("OUT")\'',
	),
	image('magick.eps', 'EPS', 'python3 -c \'from PIL import Image; Image.open("src.ppm").save("OUT")\''),
	image('cjxl.jxl', 'JPEG XL', 'cjxl src.ppm OUT > /dev/null 2>&1'),
	image('container.jxl', 'JPEG XL', 'cjxl --container=1 src.ppm OUT > /dev/null 2>&1'),
	image('opj.jp2', 'JPEG 2000', 'opj_compress -i src.ppm -o OUT > /dev/null'),
	image('opj.j2k', 'JPEG 2000', 'opj_compress -i src.ppm -o OUT > /dev/null'),
	image('ffmpeg.jls', 'JPEG-LS', 'ffmpeg -v error -y -i src.ppm -c:v jpegls -f image2 OUT'),
	image('lossless.jpg', 'JPEG (lossless)', 'ffmpeg -v error -y -i src.ppm -c:v ljpeg -pix_fmt bgr24 -f image2 OUT'),
	image('magick.pcx', 'PCX', 'convert src.ppm OUT'),
	image('ffmpeg.pcx', 'PCX', 'ffmpeg -v error -y -i src.ppm OUT'),
	image('ffmpeg.tga', 'TGA', 'ffmpeg -v error -y -i src.ppm OUT'),
	image('magick.dds', 'DDS', 'convert src.ppm OUT'),
	image('magick.mng', 'MNG', 'convert src.ppm OUT'),
	image('magick.jng', 'JNG', 'convert src.ppm OUT'),
	image('magick.ppm', 'Netpbm', 'convert src.ppm OUT'),
	image('magick.pam', 'Netpbm', 'convert alpha.miff OUT'),
	image('comment.pgm', 'Netpbm', 'convert gray.pgm -set comment hello -compress none OUT'),
	image('magick.sgi', 'SGI', 'convert src.ppm OUT'),
	image('magick.hdr', 'HDR', 'convert src.ppm OUT'),
	image('ffmpeg.exr', 'OpenEXR', 'ffmpeg -v error -y -i src.ppm OUT'),
	image(
		'pillow.icns',
		'ICNS',
		'python3 -c \'from PIL import Image; Image.open("src.ppm").resize((128, 128)).save("OUT")\'',
	),

	other('clip.mp4', 'MP4 video', `${CLIP} OUT`),
	other('clip.mov', 'QuickTime', `${CLIP} OUT`),
	other('clip.avi', 'AVI video', `${CLIP} OUT`),
	other('clip.mkv', 'Matroska', `${CLIP} OUT`),
	other('clip.webm', 'WebM', `ffmpeg -v error -y -f lavfi -i testsrc=s=64x48:d=0.3 OUT`),
	other('clip.mpg', 'MPEG video', `${CLIP} -ar 44100 -r 25 OUT`),
	other('clip.flv', 'Flash video', `${CLIP} -ar 44100 OUT`),
	other('clip.wmv', 'Windows Media', `${CLIP} OUT`),
	other('sound.mp3', 'MP3 sound', `${SOUND} OUT`),
	other('untagged.mp3', 'MP3 sound', `${SOUND} -id3v2_version 0 -write_xing 0 OUT`),
	other('sound.m4a', 'M4A sound', `${SOUND} OUT`),
	other('sound.wav', 'WAV sound', `${SOUND} OUT`),
	other('sound.flac', 'FLAC sound', `${SOUND} OUT`),
	other('sound.ogg', 'Ogg', `${SOUND} OUT`),
	other('archive.zip', 'ZIP archive', 'zip -q OUT words.txt'),
	other('archive.gz', 'gzip archive', 'gzip -c words.txt > OUT'),
	other('archive.bz2', 'bzip2 archive', 'bzip2 -c words.txt > OUT'),
	other('archive.xz', 'XZ archive', 'xz -c words.txt > OUT'),
	other('archive.tar', 'TAR archive', 'tar cf OUT words.txt'),
	other('program.jpg', 'Linux program', 'cp /bin/true OUT'),
	other('words.jpg', 'All work and no play', 'cp words.txt OUT'),
	other(
		'random.jpg',
		'not an image',
		`${'python3 -c \'import random; random.seed(1); open("OUT", "wb").write(b"\\x01" + random.randbytes(5000))\''}`,
	),
	{ name: 'empty.jpg', code: 'EMPTY_FILE', says: '0 bytes', line: ': > OUT' },
];
