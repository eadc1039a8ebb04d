/**
 * A long computation cut into steps: each `next()` does a few milliseconds at most and yields how much it did, counted
 * in samples decoded or encoded (other work is counted as the samples that take the same time). The last one returns
 * the result.
 */
export type Work<Result> = Generator<number, Result, undefined>;
