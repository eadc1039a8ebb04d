import { done, refused, type Outcome } from '../outcome';
import { invalidParameter } from '../parameters/invalidParameter';
import { deleteOperation } from './delete';
import { deleteImagesOperation } from './deleteImages';
import { downloadOperation } from './download';
import { downloadImagesOperation } from './downloadImages';
import type { Operation } from './operation';
import { uploadOperation } from './upload';
import { uploadImagesOperation } from './uploadImages';

/** The operations on one resource. */
interface Resource {
	operations: ReadonlyMap<string, Operation>;
	/** Their names, completes "Set it to ...". */
	allowed: string;
}

/** Maps, so that a name such as `constructor` finds nothing. */
const RESOURCES: ReadonlyMap<string, Resource> = new Map([
	[
		'photo',
		{
			operations: new Map([
				['upload', uploadOperation],
				['download', downloadOperation],
				['delete', deleteOperation],
			]),
			allowed: 'Upload Photo, Download Photo or Delete Photo',
		},
	],
	[
		'imageField',
		{
			operations: new Map([
				['upload', uploadImagesOperation],
				['download', downloadImagesOperation],
				['delete', deleteImagesOperation],
			]),
			allowed: 'Upload Images, Download Images or Delete Images',
		},
	],
]);

/** The operation that the two parameters name; INVALID_PARAMETER for a name that is none. */
export function operationNamed(resource: string, name: string): Outcome<Operation> {
	const found = RESOURCES.get(resource);
	if (found === undefined) {
		return refused(invalidParameter('parameter', 'Resource', resource, 'Record Photo or Image Field'));
	}
	const operation = found.operations.get(name);
	return operation === undefined
		? refused(invalidParameter('parameter', 'Operation', name, found.allowed))
		: done(operation);
}
