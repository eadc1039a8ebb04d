/** What the items of a run are about, in the words of its sentences. */
export interface Subject {
	/** Of a run with one item, e.g. `The photo was`. */
	alone: string;
	/** How many were done, e.g. `45 of 50 photos`. */
	count(done: number, items: number): string;
	/** What a record kept, e.g. `its photo`. */
	kept: string;
}

const PHOTO: Subject = {
	alone: 'The photo was',
	count: (done, items) => `${done} of ${items} photos`,
	kept: 'its photo',
};

const IMAGES: Subject = {
	alone: 'The images were',
	count: (done, items) => `Images of ${done} of ${items} items`,
	kept: 'its images',
};

/**
 * The words for a resource.
 *
 * @param resource value of the parameter
 */
export function subjectOf(resource: string): Subject {
	return resource === 'imageField' ? IMAGES : PHOTO;
}
