import { z } from 'zod';

import type { CredentialData } from '../accounts/connect.cts';
import type { Call, Counters, Leak, SiteCall, TokenCall } from '../callLog.cts';

/** The shapes that the control interface sends, checked by the client and typed by what the emulator keeps. */

const partSeen = z.object({
	name: z.string().optional(),
	fileName: z.string().optional(),
	contentType: z.string(),
	length: z.number(),
	headerLines: z.array(z.string()),
});

/** One API call. */
export const callShape: z.ZodType<Call> = z.object({
	at: z.number(),
	host: z.string(),
	method: z.string(),
	path: z.string(),
	query: z.record(z.string()),
	status: z.number(),
	code: z.string().optional(),
	durationMs: z.number(),
	tokenGeneration: z.number().optional(),
	authScheme: z.string().optional(),
	module: z.string().optional(),
	recordId: z.string().optional(),
	contentType: z.string().optional(),
	contentLength: z.string().optional(),
	transferEncoding: z.string().optional(),
	parts: z.array(partSeen),
	reason: z.string().optional(),
	fault: z.string().optional(),
});

const tokenCall: z.ZodType<TokenCall> = z.object({
	at: z.number(),
	host: z.string(),
	grantType: z.string(),
	status: z.number(),
	outcome: z.string(),
	carriedIn: z.enum(['query', 'form', 'multipart', 'none']),
});

const leak: z.ZodType<Leak> = z.object({
	at: z.number(),
	host: z.string(),
	path: z.string(),
	where: z.enum(['url', 'header']),
});

const siteCall: z.ZodType<SiteCall> = z.object({
	at: z.number(),
	method: z.string(),
	url: z.string(),
	status: z.number(),
	bytesSent: z.number(),
	userAgent: z.string().optional(),
	accept: z.string().optional(),
});

const counters: z.ZodType<Counters> = z.object({
	peakConcurrentCalls: z.number(),
	tooManyRequests: z.number(),
	brokenOff: z.number(),
	connections: z.number(),
});

/** A stored photo without its bytes. */
export const photoShape = z.object({
	module: z.string(),
	recordId: z.string(),
	recordName: z.string(),
	size: z.number(),
	sha256: z.string(),
	fileName: z.string(),
	mimeType: z.string(),
	width: z.number(),
	height: z.number(),
	storedAt: z.number(),
	uploads: z.number(),
	history: z.array(z.string()),
});

/** A stored photo without its bytes. */
export type PhotoFacts = z.infer<typeof photoShape>;

/** An image in a record's field, without its bytes. */
export const imageShape = z.object({
	module: z.string(),
	recordId: z.string(),
	recordName: z.string(),
	field: z.string(),
	id: z.string(),
	size: z.number(),
	sha256: z.string(),
	fileName: z.string(),
	mimeType: z.string(),
});

/** An image in a record's field, without its bytes. */
export type ImageFacts = z.infer<typeof imageShape>;

/** What `GET /state` answers. */
export const stateShape = z.object({
	photos: z.array(photoShape),
	images: z.array(imageShape),
	/** How many API calls there were; `GET /calls` gives them. */
	callCount: z.number(),
	tokenCalls: z.array(tokenCall),
	leaks: z.array(leak),
	siteCalls: z.array(siteCall),
	refusedHosts: z.array(z.string()),
	counters,
	connections: z.number(),
	limits: z.object({
		concurrency: z.number(),
		latencyMs: z.number(),
		credits: z.number().nullable(),
		retryAfterSeconds: z.number().nullable(),
		tooManyCode: z.string(),
	}),
	faults: z.array(z.object({ id: z.number(), what: z.string(), met: z.number(), played: z.number() })),
	network: z.record(z.string()),
	keepBytes: z.boolean(),
	/** CPU seconds and resident bytes of the emulator's own process: for measuring. */
	process: z.object({ cpuSeconds: z.number(), residentBytes: z.number() }),
});

/** What `GET /state` answers. */
export type State = z.infer<typeof stateShape>;

/** What a command may answer. */
export const resultShapes = {
	nothing: z.null(),
	number: z.number(),
	ids: z.array(z.string()),
	credential: z.object({
		dataCenter: z.string(),
		clientId: z.string(),
		clientSecret: z.string(),
		customScopes: z.boolean().optional(),
		enabledScopes: z.string().optional(),
		imageFields: z.boolean().optional(),
		oauthTokenData: z.record(z.union([z.string(), z.number(), z.record(z.string())])),
	}) satisfies z.ZodType<CredentialData>,
};
