/** A file from the workflow, not looked into yet. */
export interface SourceFile {
	bytes: Buffer;
	/** The name it came with; empty where it has none. */
	fileName: string;
}
