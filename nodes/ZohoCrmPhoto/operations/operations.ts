import { done, refused, type Outcome } from '../outcome';
import { deleteOperation } from './delete';
import { downloadOperation } from './download';
import { invalidParameter } from '../parameters/invalidParameter';
import type { Operation } from './operation';
import { uploadOperation } from './upload';

/** A map, so that a name such as `constructor` finds nothing. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
	['upload', uploadOperation],
	['download', downloadOperation],
	['delete', deleteOperation],
]);

/** The operation that the parameter names; INVALID_PARAMETER for a name that is none. */
export function operationNamed(name: string): Outcome<Operation> {
	const operation = OPERATIONS.get(name);
	if (operation !== undefined) return done(operation);
	return refused(invalidParameter('parameter', 'Operation', name, 'Upload Photo, Download Photo or Delete Photo'));
}
