import type { IExecuteFunctions } from 'n8n-workflow';

import { done, refused, type Outcome } from '../outcome';
import { invalidParameter } from './invalidParameter';

/** Where an item's file comes from: what 'Input Binary Field' holds, as n8n gives it, or the 'Photo URL', empty where none is given. */
export type PhotoSource = { from: 'binary'; field: unknown } | { from: 'url'; url: string };

/**
 * Where an item's file comes from.
 *
 * @throws what n8n throws for an expression that cannot be resolved
 * @returns INVALID_PARAMETER for another source, and for a URL that is no text
 */
export function readPhotoSource(context: IExecuteFunctions, item: number): Outcome<PhotoSource> {
	const source: unknown = context.getNodeParameter('photoSource', item, 'binary');
	if (source === 'binary') {
		return done({ from: source, field: context.getNodeParameter('binaryPropertyName', item, 'data') });
	}
	if (source !== 'url') {
		return refused(invalidParameter('parameter', 'Photo Source', source, 'Input Binary Field or URL'));
	}
	const url: unknown = context.getNodeParameter('photoUrl', item, '') ?? '';
	return typeof url === 'string'
		? done({ from: source, url })
		: refused(invalidParameter('parameter', 'Photo URL', url, 'the address of an image file, as text'));
}
