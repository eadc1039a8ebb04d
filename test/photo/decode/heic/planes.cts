import type { OpenPicture, RowSink } from '../../../../nodes/ZohoCrmPhoto/photo/decode/picture';
import { finished } from '../samples.cts';

/** Decodes a picture. @returns its planes one after the other */
export function planesOf(picture: OpenPicture): Buffer {
	const planes = picture.planes.map(({ width, height }) => Buffer.alloc(width * height));
	const sinks = picture.planes.map(({ width }, i): RowSink => {
		let at = 0;
		return {
			workPerRow: 1,
			take: (samples, from) => {
				planes[i]?.set(samples.subarray(from, from + width), at);
				at += width;
			},
		};
	});
	finished(picture.rows({ planes: sinks }));
	return Buffer.concat(planes);
}

/** A part of a plane. */
export function cutOut(plane: Buffer, stride: number, x: number, y: number, width: number, height: number): Buffer {
	return Buffer.concat(
		Array.from({ length: height }, (_, row) => {
			const at = (y + row) * stride + x;
			return plane.subarray(at, at + width);
		}),
	);
}
