import type { Failure } from '../outcome';

/**
 * Says why a file of so many bytes is not wanted, or undefined where it is; the declared MIME type, if there is one, decides
 * nothing but the advice.
 */
export type RefuseSize = (bytes: number, mimeType?: string) => Failure | undefined;

/** The memory that a file takes, which all files in hand share. */
export interface Room {
	/** Waits until so many bytes may be loaded; 0 where the size is not known before. */
	need(bytes: number): Promise<void>;
	/** Counts what has come of a file whose size was not known before: all that is there now. */
	hold(bytes: number): void;
}

/** A file from the workflow, not looked into yet. */
export interface SourceFile {
	bytes: Buffer;
	/** The name it came with; empty where it has none. */
	fileName: string;
	/** The binary field it was taken from, where the item did not have the one that was asked for. */
	takenFrom?: string;
}
