#!/usr/bin/env bash
# Draws the portraits of this folder with ImageMagick 6 (free of any rights: they are drawn, not taken).
# The number in a file's name is the id of the record that the photo belongs to.
set -eu
cd "$(dirname "$0")"
command -v convert-im6.q16 >/dev/null || { echo 'ImageMagick 6 is needed: apt-get install imagemagick' >&2; exit 1; }

# portrait OUT WIDTH HEIGHT SKY EARTH SKIN HAIR SHIRT [further options of convert]
portrait() {
	local out=$1 w=$2 h=$3 sky=$4 earth=$5 skin=$6 hair=$7 shirt=$8
	shift 8
	convert-im6.q16 -size 480x600 "gradient:$sky-$earth" \
		-fill "$hair" -draw 'ellipse 240,235 128,150 0,360' \
		-fill "$shirt" -draw 'ellipse 240,610 190,170 0,360' \
		-fill "$skin" -draw 'roundrectangle 200,330 280,480 30,30' \
		-fill "$skin" -draw 'ellipse 240,250 100,128 0,360' \
		-fill "$hair" -draw 'ellipse 240,150 108,52 180,360' \
		-fill '#26221f' -draw 'circle 202,245 202,254' -draw 'circle 278,245 278,254' \
		-fill none -stroke '#26221f' -strokewidth 4 -draw 'path "M 205,312 Q 240,338 275,312"' \
		-stroke none -resize "${w}x${h}!" "$@" "$out"
}

portrait 3409643000000900001-ada.jpg 480 600 '#9fc5e8' '#f6e7d2' '#f0c9a8' '#4a2c1a' '#7a2e4d' -quality 88
portrait 3409643000000900002-grace.png 320 400 '#d9ead3' '#fdf5e0' '#eec2a0' '#8a8f98' '#1f3b57' -depth 8 -strip
portrait 3409643000000900003-katherine.gif 240 300 '#fce5cd' '#cfe2f3' '#8d5a3c' '#1d1512' '#d98f2b'
portrait BMP3:3409643000000900004-alan.bmp 160 200 '#d0d7e2' '#e8e4da' '#f2cfb0' '#2d2520' '#5a6b4b' -type TrueColor
portrait mary.png 600 750 '#d9d2e9' '#fff2cc' '#8d5a3c' '#241a16' '#3d6b5a'
# As web shops and browsers save pictures.
cwebp -quiet -q 80 mary.png -o 3409643000000900007-mary.webp && rm mary.png
# What a phone takes today: 12.2 megapixels, a small file all the same.
portrait 3409643000000900005-hedy.jpg 3024 4032 '#f4cccc' '#fff2cc' '#f5d3b8' '#1b1412' '#6a3d7c' -quality 55 -sampling-factor 4:2:0
# What an iPhone takes: HEIC. It needs heif-enc (libheif-examples).
if command -v heif-enc >/dev/null; then
	work=$(mktemp -d)
	portrait "$work/dorothy.png" 1512 2016 '#c9daf8' '#fff2cc' '#8d5a3c' '#1d1512' '#3d5a6b'
	heif-enc -q 40 "$work/dorothy.png" -o ../../demo/photos/3409643000000900008-dorothy.heic >/dev/null 2>&1
	rm -r "$work"
fi
