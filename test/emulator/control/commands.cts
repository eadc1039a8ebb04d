import { z } from 'zod';

import type { ConnectOptions, CredentialData } from '../accounts/connect.cts';
import { isZohoErrorName, type ZohoErrorName } from '../crm/errors.cts';
import { type ConditionName, isConditionName } from '../crm/magicRecords.cts';
import type { FaultAnswer } from '../faults/faultAnswers.cts';
import type { Fault } from '../faults/faults.cts';
import { networkFaultKinds } from '../network/networkFaults.cts';
import type { ZohoService } from '../zohoService.cts';

const errorName = z.custom<ZohoErrorName>((name) => typeof name === 'string' && isZohoErrorName(name), {
	message: 'is not the name of one of the errors in crm/errors.cts',
});
const conditionName = z.custom<ConditionName>((name) => typeof name === 'string' && isConditionName(name), {
	message: 'is not the name of one of the conditions in crm/magicRecords.cts',
});
const environment = z.enum(['production', 'sandbox', 'developer']);
const headers = z.record(z.string());

const faultAnswer: z.ZodType<FaultAnswer> = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('zoho'), error: errorName, headers: headers.optional() }),
	z.strictObject({
		kind: z.literal('http'),
		status: z.number().int(),
		body: z.union([z.string(), z.record(z.unknown())]).optional(),
		headers: headers.optional(),
		afterWork: z.boolean().optional(),
	}),
	z.strictObject({ kind: z.literal('html'), status: z.number().int() }),
	z.strictObject({ kind: z.literal('reset'), at: z.enum(['before', 'body', 'answer']) }),
	z.strictObject({ kind: z.literal('hang'), ms: z.number().optional() }),
	z.strictObject({ kind: z.literal('slow'), ms: z.number() }),
]);

const faultWhen = z.strictObject({
	host: z.string().optional(),
	method: z.string().optional(),
	module: z.string().optional(),
	recordId: z.string().optional(),
	path: z.string().optional(),
	nth: z.union([z.number(), z.array(z.number())]).optional(),
	times: z.number().optional(),
	timesPerCall: z.number().optional(),
	share: z.number().min(0).max(1).optional(),
	seed: z.number().optional(),
});

const fault: z.ZodType<Fault> = z.strictObject({
	when: faultWhen,
	answer: z.union([faultAnswer, z.array(faultAnswer)]),
});

const storm = z.strictObject({
	share: z.number().min(0).max(1),
	seed: z.number().optional(),
	answers: z.array(faultAnswer).optional(),
	when: faultWhen.optional(),
});

const connectOptions: z.ZodType<ConnectOptions> = z.strictObject({
	dataCenter: z.string().optional(),
	environment: environment.optional(),
	scopes: z.union([z.string(), z.array(z.string())]).optional(),
	customScopes: z.string().optional(),
	imageFields: z.boolean().optional(),
	expired: z.boolean().optional(),
	revoked: z.boolean().optional(),
	mistake: z
		.enum(['invalid_client', 'invalid_client_secret', 'invalid_code', 'invalid_redirect_uri', 'Access Denied'])
		.optional(),
	tokenOf: z.string().optional(),
	apiDomain: z.string().optional(),
	online: z.boolean().optional(),
	timed: z.boolean().optional(),
});

const limits = z.strictObject({
	concurrency: z.number().int().positive().optional(),
	latencyMs: z.number().min(0).optional(),
	credits: z.number().int().min(0).nullable().optional(),
	retryAfterSeconds: z.number().nullable().optional(),
	tooManyCode: z.enum(['TOO_MANY_REQUESTS', 'RATE_LIMIT_EXCEEDED']).optional(),
});

const tokenRules = z.strictObject({
	lifeSeconds: z.number().optional(),
	newestAlive: z.number().optional(),
	refreshTokensAlive: z.number().optional(),
	codeLifeSeconds: z.number().optional(),
	requestsInWindow: z.number().optional(),
	windowSeconds: z.number().optional(),
	throttleStatus: z.number().optional(),
});

const imageRules = z.strictObject({
	maxBytes: z.number().optional(),
	maxPixels: z.number().optional(),
	refuseTruncated: z.boolean().optional(),
	refuseUnfittingExtension: z.boolean().optional(),
});

const newRecord = z.strictObject({
	name: z.string().optional(),
	dataCenter: z.string().optional(),
	environment: environment.optional(),
	fields: z.record(z.string()).optional(),
	condition: conditionName.optional(),
	modifiedAt: z.number().optional(),
});

const site = z.strictObject({
	status: z.number().int().optional(),
	headers: headers.optional(),
	bodyBase64: z.string().optional(),
	redirectTo: z.string().optional(),
	delayMs: z.number().optional(),
	hang: z.boolean().optional(),
	resetAfterBytes: z.number().optional(),
	repeat: z.number().optional(),
	repeatDelayMs: z.number().optional(),
});

const client = z.strictObject({
	clientId: z.string(),
	clientSecret: z.string(),
	redirectUris: z.array(z.string()).optional(),
	locations: z.array(z.string()).optional(),
});

/** Everything that `POST /control` understands: an object with `command` and what that command takes. */
export const commandShape = z.discriminatedUnion('command', [
	z.strictObject({ command: z.literal('reset') }),
	z.strictObject({ command: z.literal('clear-log') }),
	z.strictObject({ command: z.literal('connect'), options: connectOptions.optional() }),
	z.strictObject({ command: z.literal('set-client'), client }),
	z.strictObject({ command: z.literal('set-limits'), limits }),
	z.strictObject({ command: z.literal('set-token-rules'), rules: tokenRules }),
	z.strictObject({ command: z.literal('set-image-rules'), rules: imageRules }),
	z.strictObject({ command: z.literal('keep-bytes'), keep: z.boolean() }),
	z.strictObject({ command: z.literal('add-fault'), fault }),
	z.strictObject({ command: z.literal('storm'), storm }),
	z.strictObject({ command: z.literal('clear-faults') }),
	z.strictObject({
		command: z.literal('network-fault'),
		host: z.string(),
		fault: z
			.string()
			.nullable()
			.transform((name, context) => {
				if (name === null) return undefined;
				const known = networkFaultKinds.find((kind) => kind === name);
				if (known) return known;
				context.addIssue({ code: 'custom', message: `is none of ${networkFaultKinds.join(', ')}` });
				return z.NEVER;
			}),
	}),
	z.strictObject({ command: z.literal('drop-connections'), host: z.string().optional() }),
	z.strictObject({ command: z.literal('expire-tokens') }),
	z.strictObject({ command: z.literal('expire-tokens-after-calls'), calls: z.number().int().min(0) }),
	z.strictObject({ command: z.literal('revoke-tokens') }),
	z.strictObject({ command: z.literal('advance-clock'), ms: z.number() }),
	z.strictObject({
		command: z.literal('add-records'),
		module: z.string(),
		count: z.number().int().positive(),
		record: newRecord.optional(),
	}),
	z.strictObject({ command: z.literal('record-ids'), module: z.string(), dataCenter: z.string().optional() }),
	z.strictObject({
		command: z.literal('set-condition'),
		module: z.string(),
		recordId: z.string(),
		condition: conditionName.nullable(),
	}),
	z.strictObject({ command: z.literal('set-site'), url: z.string().url(), site }),
	z.strictObject({ command: z.literal('feature-filter'), value: z.enum(['works', 'ignored', 'refused']) }),
	z.strictObject({ command: z.literal('stores-no-images'), times: z.number().int().min(0) }),
	z.strictObject({ command: z.literal('versions-without-photo'), versions: z.array(z.string()) }),
]);

/** A command as the emulator takes it. */
export type Command = z.output<typeof commandShape>;

/** A command as a client sends it. */
export type CommandSent = z.input<typeof commandShape>;

/** What a command may answer; most answer nothing. */
export type CommandResult = null | number | string[] | CredentialData;

/**
 * Does what a command says.
 * @throws Error in words when it cannot be done (no such record, no such data center)
 */
export function runCommand(zoho: ZohoService, wanted: Command): CommandResult {
	switch (wanted.command) {
		case 'reset':
			zoho.reset();
			return null;
		case 'clear-log':
			zoho.clearLog();
			return null;
		case 'connect':
			return zoho.connect(wanted.options);
		case 'set-client':
			zoho.clients.set(wanted.client);
			return null;
		case 'set-limits': {
			const { credits, retryAfterSeconds, ...rest } = wanted.limits;
			Object.assign(zoho.limits, rest);
			if (credits !== undefined) zoho.limits.credits = credits ?? undefined;
			if (retryAfterSeconds !== undefined) zoho.limits.retryAfterSeconds = retryAfterSeconds ?? undefined;
			return null;
		}
		case 'set-token-rules':
			Object.assign(zoho.tokens.rules, wanted.rules);
			return null;
		case 'set-image-rules':
			Object.assign(zoho.imageRules, wanted.rules);
			return null;
		case 'keep-bytes':
			zoho.photos.keepBytes = wanted.keep;
			return null;
		case 'add-fault':
			return zoho.faults.add(wanted.fault);
		case 'storm':
			return zoho.faults.storm(wanted.storm);
		case 'clear-faults':
			zoho.faults.clear();
			return null;
		case 'network-fault':
			zoho.network.set(wanted.host, wanted.fault);
			return null;
		case 'drop-connections':
			zoho.dropConnections(wanted.host);
			return null;
		case 'expire-tokens':
			zoho.tokens.expireAll();
			return null;
		case 'expire-tokens-after-calls':
			zoho.tokens.expireAfterCalls(wanted.calls);
			return null;
		case 'revoke-tokens':
			zoho.tokens.revokeAll();
			return null;
		case 'advance-clock':
			zoho.clock.advance(wanted.ms);
			return null;
		case 'add-records':
			return zoho.records.addMany(wanted.module, wanted.count, wanted.record);
		case 'record-ids':
			return zoho.records.ids(wanted.module, wanted.dataCenter);
		case 'set-condition':
			zoho.records.setCondition(wanted.module, wanted.recordId, wanted.condition ?? undefined);
			return null;
		case 'set-site': {
			const { bodyBase64, ...site } = wanted.site;
			zoho.sites.set(wanted.url, { ...site, body: Buffer.from(bodyBase64 ?? '', 'base64') });
			return null;
		}
		case 'feature-filter':
			zoho.modules.featureFilter = wanted.value;
			return null;
		case 'stores-no-images':
			zoho.imageFields.storesNothing = wanted.times;
			return null;
		case 'versions-without-photo':
			zoho.versionsWithoutPhoto.clear();
			for (const version of wanted.versions) zoho.versionsWithoutPhoto.add(version);
			return null;
	}
}
