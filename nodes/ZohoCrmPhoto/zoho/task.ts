/** What a call for an image field is for. */
const IMAGE_TASKS = ['uploadImage', 'readImages', 'writeImages', 'downloadImage', 'listFields'] as const;
type ImageTask = (typeof IMAGE_TASKS)[number];

/** What a call is for: an operation of the node, a look at records, finding them by a field, or a list of the editor. */
export type Task = 'upload' | 'download' | 'delete' | 'read' | 'find' | 'search' | 'listModules' | ImageTask;

/** One record of one module, as the user gave it. */
export interface RecordAddress {
	/** API name of the module, e.g. `Leads`. */
	module: string;
	/** The record's id: 1 to 20 digits, always as text, as JavaScript's numbers would round it. */
	recordId: string;
}

/** A record that is known by a value of one of its fields, as the user gave it. */
export interface RecordByField {
	/** API name of the module, e.g. `Contacts`. */
	module: string;
	/** API name of the field, e.g. `Email`. */
	field: string;
	/** What the field holds, without spaces around it; never empty. */
	value: string;
	/** What to do where several records have the value. */
	severalMatches: 'refuse' | 'newest';
}

const PHRASES: Readonly<Record<Exclude<Task, 'listModules' | 'listFields'>, string>> = {
	upload: 'put the photo on',
	download: 'download the photo of',
	delete: 'delete the photo of',
	read: 'read',
	find: 'look through',
	search: 'search',
	uploadImage: 'send an image for',
	readImages: 'read the images of',
	writeImages: 'change the images of',
	downloadImage: 'download an image of',
};

/** What a call is about in words, e.g. `record 3000000038009 of Leads`. */
export function subjectOf(task: Task, { module, recordId }: RecordAddress): string {
	if (task === 'listModules') return 'the list of modules';
	if (task === 'listFields') return `the fields of ${module}`;
	return recordId === '' ? `the records of ${module}` : `record ${recordId} of ${module}`;
}

/** The task in words for a sentence, e.g. `put the photo on record 3000000038009 of Leads`. */
export function phraseOf(task: Task, address: RecordAddress): string {
	return `${task === 'listModules' || task === 'listFields' ? 'read' : PHRASES[task]} ${subjectOf(task, address)}`;
}

/** Whether a task is what an item was given to the node for, rather than something on the way to it. */
export function isOperation(task: Task): boolean {
	return task === 'upload' || task === 'download' || task === 'delete' || isAboutImages(task);
}

/** Whether a task is about an image field, rather than the photo of a record. */
export function isAboutImages(task: Task): boolean {
	return IMAGE_TASKS.some((one) => one === task);
}
