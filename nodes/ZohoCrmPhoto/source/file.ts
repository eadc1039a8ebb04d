import type { Failure } from '../outcome';

/**
 * Says why a file of so many bytes is not wanted, or undefined where it is; the declared MIME type, if there is one, decides
 * nothing but the advice.
 */
export type RefuseSize = (bytes: number, mimeType?: string) => Failure | undefined;

/** A file from the workflow, not looked into yet. */
export interface SourceFile {
	bytes: Buffer;
	/** The name it came with; empty where it has none. */
	fileName: string;
}
