#!/bin/sh
# Makes the photos and other files beside it, with real encoders. They are committed, so that the quick tests need none
# of these tools. identified.txt holds what ImageMagick's identify says of each photo: name, format, width, height.
set -eu
PATH="/usr/bin:/bin:$PATH"
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
rm -f "$here"/photos/* "$here"/others/*
cd "$work"

convert -seed 20260101 -size 47x31 plasma:red-blue src.ppm
convert -seed 20260101 -size 31x47 plasma:fractal tall.ppm
convert src.ppm -colorspace Gray gray.pgm
convert src.ppm -alpha set -channel A -evaluate set 50% +channel alpha.miff
convert gray.pgm -alpha set -channel A -evaluate set 50% +channel gray-alpha.miff
convert tall.ppm -resize 16x16 thumbnail.jpg
convert src.ppm \( src.ppm -negate \) \( src.ppm -flip -crop 20x10+9+8 \) frames.miff
echo 'The quick brown fox jumps over the lazy dog.' > words.txt
png() { convert "$1" -define png:color-type="$2" -define png:bit-depth="$3" -define png:exclude-chunks=date,tIME "$p/$4"; }
pillow() { python3 -c "from PIL import Image; P = Image.open('src.ppm'); T = Image.open('tall.ppm'); $1"; }

p="$here/photos"
png gray.pgm 0 1 gray-1bit.png
png gray.pgm 0 16 gray-16bit.png
png src.ppm 2 8 rgb.png
png src.ppm 2 16 rgb-16bit.png
convert tall.ppm -colors 3 -define png:color-type=3 -define png:bit-depth=2 "$p/palette-2bit.png"
png gray-alpha.miff 4 8 gray-alpha.png
convert alpha.miff -interlace PNG -define png:color-type=6 "$p/rgba-interlaced.png"
ffmpeg -v error -y -f lavfi -i testsrc=s=40x30:d=0.3:r=10 -f apng "$p/animated.png"

convert src.ppm -quality 90 "$p/baseline.jpg"
cjpeg -progressive src.ppm > "$p/progressive.jpg"
cjpeg -arithmetic src.ppm > "$p/arithmetic.jpg"
cjpeg -restart 1B -quality 95 src.ppm > "$p/restart.jpg"
cjpeg -grayscale src.ppm > "$p/gray.jpg"
convert src.ppm -colorspace CMYK "$p/cmyk.jpg"
cp "$p/baseline.jpg" "$p/exif-rotated.jpg"
exiftool -q -overwrite_original -n -Orientation=6 '-ThumbnailImage<=thumbnail.jpg' "$p/exif-rotated.jpg"
pillow "P.save('$p/two-pictures.jpg', format='MPO', save_all=True, append_images=[T])"

convert src.ppm -colors 16 "$p/still.gif"
convert tall.ppm -colors 256 -interlace GIF "$p/interlaced.gif"
convert src.ppm -colors 8 "GIF87:$p/gif87.gif"
convert -delay 10 -loop 0 frames.miff "$p/animated.gif"
gifsicle -O3 "$p/animated.gif" > "$p/animated-optimized.gif"

for colors in 2 16 256; do convert src.ppm -colors $colors -compress none "BMP3:$p/palette-$colors.bmp"; done
convert src.ppm "BMP2:$p/core-24bit.bmp"
convert src.ppm "BMP3:$p/v3-24bit.bmp"
convert alpha.miff "$p/v4-32bit.bmp"
convert src.ppm -define bmp:subtype=RGB565 "$p/rgb565.bmp"
convert src.ppm -colors 16 -type Palette -compress RLE "BMP3:$p/rle8.bmp"
pnmquant 4 src.ppm 2> /dev/null | ppmtobmp -bpp 4 -os2 > "$p/os2-4bit.bmp" 2> /dev/null

o="$here/others"
cwebp -quiet src.ppm -o "$o/lossy.webp"
cwebp -quiet -lossless tall.ppm -o "$o/lossless.webp"
ffmpeg -v error -y -i src.ppm -c:v ljpeg -pix_fmt bgr24 -f image2 "$o/lossless.jpg"
convert alpha.miff "$o/alpha.webp"
convert src.ppm big.png
heif-enc big.png -o "$o/phone.heic" > /dev/null 2>&1
avifenc -s 10 big.png "$o/web.avif" > /dev/null 2>&1
convert src.ppm -endian LSB -compress LZW "$o/little.tiff"
convert src.ppm -endian MSB -compress LZW "$o/big.tiff"
convert src.ppm -resize 16x16 "$o/icon.ico"
convert src.ppm -compress RLE "$o/layers.psd"
cjxl src.ppm "$o/stream.jxl" > /dev/null 2>&1
cjxl --container=1 src.ppm "$o/container.jxl" > /dev/null 2>&1
opj_compress -n 3 -i src.ppm -o "$o/boxes.jp2" > /dev/null
opj_compress -n 3 -i src.ppm -o "$o/stream.j2k" > /dev/null
ffmpeg -v error -y -i src.ppm -c:v jpegls -f image2 "$o/lossless.jls"
convert src.ppm "$o/paint.pcx"
ffmpeg -v error -y -i src.ppm "$o/footer.tga"
convert src.ppm "$o/texture.dds"
convert src.ppm "$o/pixels.ppm"
pillow "P.resize((16, 16)).save('$o/page.pdf')"
pillow "P.resize((8, 8)).save('$o/page.eps')"
ffmpeg -v error -y -f lavfi -i testsrc=s=32x32:d=0.1 "$o/clip.mp4"
ffmpeg -v error -y -f lavfi -i testsrc=s=32x32:d=0.1 "$o/clip.mov"
ffmpeg -v error -y -f lavfi -i testsrc=s=32x32:d=0.1 -c:v mpeg4 "$o/clip.avi"
ffmpeg -v error -y -f lavfi -i testsrc=s=32x32:d=0.1 "$o/clip.webm"
ffmpeg -v error -y -f lavfi -i sine=d=0.1 -b:a 32k "$o/sound.mp3"
ffmpeg -v error -y -f lavfi -i sine=d=0.1 -b:a 32k -id3v2_version 0 -write_xing 0 "$o/untagged.mp3"
ffmpeg -v error -y -f lavfi -i sine=d=0.1 -ar 8000 "$o/sound.wav"
zip -q -X "$o/archive.zip" words.txt
mkdir word xl ppt && cp words.txt word/document.xml && cp words.txt xl/workbook.xml && cp words.txt ppt/presentation.xml
zip -q -X "$o/letter.docx" word/document.xml
zip -q -X "$o/table.xlsx" xl/workbook.xml
zip -q -X "$o/slides.pptx" ppt/presentation.xml
gzip -nc words.txt > "$o/words.gz"
tar cf "$o/archive.tar" words.txt

cd "$p"
identify -format '%f %m %w %h %W %H\n' ./* 2> /dev/null | awk '
	!seen[$1]++ { if ($2 ~ /^GIF/) { $3 = $5; $4 = $6 } sub(/[0-9]+$/, "", $2); print $1, tolower($2), $3, $4 }
' > "$here/identified.txt" || true
