/** One piece of work that every subject is measured on. */
export interface Workload {
	/** Short name, for choosing on the command line. */
	name: string;
	/** What it is, in the words of the report. */
	title: string;
	photos: PhotoSet;
	/** Milliseconds that Zoho takes to answer an upload, after its last byte. */
	latencyMs: number;
	/** Calls in progress that Zoho allows at a time; one more is answered with 429. */
	cap: number;
	/** Uploads that a subject is told to have in progress at a time. */
	parallel: number;
	/** Whether the credential's access token has run out when the work begins. */
	expired: boolean;
	/** Set where each photo comes in an execution of its own: the seconds within which these start, evenly spread. */
	crowdWithin?: number;
	/** Photos, the last of the set, that come one by one in executions of their own beside the others, a second apart. */
	singles?: number;
	/** How a record is known: by its id, or by the e-mail address in its field Email. Left out: by its id. */
	knownBy?: 'id' | 'email';
	/** Of so many records, the first ones, it is known that they have a photo, which is kept (Existing Photo: Keep). */
	kept?: number;
	/** The longer side that photos are to have at most, in pixels (Largest Side); left out: as the limits of Zoho are. */
	largestSide?: number;
	/** Processes among which the photos are shared; left out: one. They know nothing of each other. */
	processes?: number;
	/** Times the work is done by each subject; the report has the medians. */
	repeats: number;
	/** The columns that say something about this work. */
	columns: readonly Column[];
}

/** What a row of the report can tell. */
export type Column = 'seconds' | 'refusals' | 'cpu' | 'memory' | 'stall' | 'single' | 'calls';

/** Photos of one size. */
export interface PhotoSet {
	count: number;
	/** Size in pixels, of one after the other in turn. */
	pixels: ReadonlyArray<{ width: number; height: number }>;
	/** Size of the file in bytes; left out: whatever a phone's quality makes of the pixels. */
	bytes?: number;
	/** What another program makes of the JPEG, which needs that program on the machine; left out: a JPEG it stays. */
	kind?: PhotoKind;
}

/** The kinds of pictures that are made of a JPEG: by cwebp, ImageMagick and heif-enc. */
export type PhotoKind = 'webp' | 'png' | 'tiff' | 'heic';

/** The least seconds in which the work can be done: full rounds of calls, each as long as Zoho's answer takes. */
export function idealSeconds({ photos, latencyMs, cap, parallel, kept }: Workload): number {
	return (Math.ceil((photos.count - (kept ?? 0)) / Math.min(cap, parallel)) * latencyMs) / 1000;
}

const PORTRAITS: PhotoSet = { count: 200, bytes: 200_000, pixels: [{ width: 900, height: 1200 }] };
const THUMBNAILS: PhotoSet = { count: 1000, bytes: 50_000, pixels: [{ width: 480, height: 480 }] };
const LARGEST: PhotoSet = { count: 40, bytes: 9_500_000, pixels: [{ width: 3600, height: 2700 }] };
const PHONES: PhotoSet = {
	count: 20,
	pixels: [
		{ width: 4032, height: 3024 },
		{ width: 8064, height: 6048 },
	],
};

/** Photos of 12 megapixels that Zoho takes at 10: each is decoded, scaled and encoded. */
const fitting = (name: string, title: string, kind?: PhotoKind): Workload => ({
	name,
	title,
	photos: { count: 4, pixels: [{ width: 4032, height: 3024 }], kind },
	latencyMs: 0,
	cap: 10,
	parallel: 1,
	expired: false,
	repeats: 1,
	columns: ['seconds', 'memory', 'stall'],
});

/** Executions with one phone photo each, all at once. */
const phoneCrowd = (name: string, title: string, count: number): Workload => ({
	...fitting(name, title),
	photos: { count, pixels: [{ width: 4032, height: 3024 }] },
	parallel: 5,
	crowdWithin: 0,
});

/** A thousand records on a slower line. */
const thousand = (more: Pick<Workload, 'name' | 'title' | 'knownBy' | 'kept'>): Workload => ({
	photos: THUMBNAILS,
	latencyMs: 200,
	cap: 10,
	parallel: 10,
	expired: false,
	repeats: 1,
	columns: ['seconds', 'calls'],
	...more,
});

/** The work of the benchmark. */
export const WORKLOADS: readonly Workload[] = [
	{
		name: 'cap10',
		title: '200 photos of 200 KB, 200 ms a call, 10 calls at a time',
		photos: PORTRAITS,
		latencyMs: 200,
		cap: 10,
		parallel: 10,
		expired: false,
		repeats: 3,
		columns: ['seconds', 'refusals'],
	},
	{
		name: 'expired',
		title: 'The same, with the access token run out at the start',
		photos: PORTRAITS,
		latencyMs: 200,
		cap: 10,
		parallel: 10,
		expired: true,
		repeats: 3,
		columns: ['seconds', 'refusals'],
	},
	{
		name: 'cap5',
		title: 'The same where Zoho allows 5 calls at a time and 25 are asked for',
		photos: PORTRAITS,
		latencyMs: 200,
		cap: 5,
		parallel: 25,
		expired: false,
		repeats: 3,
		columns: ['seconds', 'refusals'],
	},
	{
		name: 'small',
		title: '1,000 photos of 50 KB, answered at once',
		photos: THUMBNAILS,
		latencyMs: 0,
		cap: 25,
		parallel: 10,
		expired: false,
		repeats: 3,
		columns: ['seconds', 'cpu', 'memory'],
	},
	{
		name: 'large',
		title: '40 photos of 9.5 MB, 200 ms a call',
		photos: LARGEST,
		latencyMs: 200,
		cap: 25,
		parallel: 5,
		expired: false,
		repeats: 3,
		columns: ['seconds', 'memory'],
	},
	{
		name: 'crowd',
		title: '300 executions of one photo within 5 s, 500 ms a call, 10 calls at a time',
		photos: { ...PORTRAITS, count: 300 },
		latencyMs: 500,
		cap: 10,
		parallel: 10,
		expired: false,
		crowdWithin: 5,
		repeats: 1,
		columns: ['seconds', 'refusals'],
	},
	{
		name: 'crowd-at-once',
		title: 'The same, all 300 at once',
		photos: { ...PORTRAITS, count: 300 },
		latencyMs: 500,
		cap: 10,
		parallel: 10,
		expired: false,
		crowdWithin: 0,
		repeats: 1,
		columns: ['seconds', 'refusals'],
	},
	{
		name: 'crowd-cap5',
		title: '150 executions of one photo at once, 500 ms a call, 5 calls at a time',
		photos: { ...PORTRAITS, count: 150 },
		latencyMs: 500,
		cap: 5,
		parallel: 5,
		expired: false,
		crowdWithin: 0,
		repeats: 1,
		columns: ['seconds', 'refusals'],
	},
	{
		name: 'beside',
		title: 'A backfill of 400 photos in one execution and, a second apart, 15 executions of one, 500 ms a call',
		photos: { ...PORTRAITS, count: 415 },
		latencyMs: 500,
		cap: 10,
		parallel: 10,
		expired: false,
		singles: 15,
		repeats: 1,
		columns: ['seconds', 'single', 'refusals'],
	},
	{
		name: 'crowd-two',
		title: 'Two processes with 100 executions of one photo each, at once, on 10 calls at a time',
		photos: PORTRAITS,
		latencyMs: 500,
		cap: 10,
		parallel: 10,
		expired: false,
		crowdWithin: 0,
		processes: 2,
		repeats: 1,
		columns: ['seconds', 'refusals'],
	},
	{
		name: 'crowd-large',
		title: '60 executions of one photo of 9.5 MB at once, 200 ms a call',
		photos: { ...LARGEST, count: 60 },
		latencyMs: 200,
		cap: 10,
		parallel: 10,
		expired: false,
		crowdWithin: 0,
		repeats: 1,
		columns: ['seconds', 'memory'],
	},
	phoneCrowd('crowd-phone-one', 'One execution with a phone photo of 12 megapixels, made to fit', 1),
	phoneCrowd('crowd-phone', '20 executions of such a photo at once', 20),
	{
		name: 'phone',
		title: '20 phone photos of 12 and 48 megapixels, made to fit',
		photos: PHONES,
		latencyMs: 200,
		cap: 10,
		parallel: 5,
		expired: false,
		repeats: 1,
		columns: ['seconds', 'memory', 'stall'],
	},
	thousand({ name: 'by-id', title: '1,000 photos of 50 KB, 200 ms a call, records known by id', knownBy: 'id' }),
	thousand({ name: 'by-email', title: 'The same, records known by an e-mail address', knownBy: 'email' }),
	thousand({ name: 'keep', title: '1,000 records that all have a photo, which is kept', kept: 1000 }),
	thousand({ name: 'keep-new', title: 'The same with ten new records among them', kept: 990 }),
	fitting('fit-jpeg', '4 JPEGs of 12 megapixels, made to fit'),
	{ ...fitting('fit-small', 'The same JPEGs with a largest side of 1,024 pixels'), largestSide: 1024 },
	fitting('fit-webp', '4 WebPs of 12 megapixels, made to fit', 'webp'),
	fitting('fit-png', '4 PNGs of 12 megapixels, made to fit', 'png'),
	fitting('fit-tiff', '4 TIFFs of 12 megapixels (LZW), made to fit', 'tiff'),
	fitting('fit-heic', '4 HEICs of 12 megapixels, made to fit', 'heic'),
];
