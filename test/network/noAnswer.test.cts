import { createServer } from 'node:net';
import { NodeApiError, type INode } from 'n8n-workflow';

import { chainOf, readNoAnswer } from '../../nodes/ZohoCrmPhoto/network/noAnswer';

const NODE: INode = { id: '1', name: 'n', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };

/** A fault as a client throws it. */
function fault(code: string, message = 'something'): Error {
	return Object.assign(new Error(message), { code });
}

describe('what a lost call means', () => {
	test.each([
		['ENOTFOUND', 'HOST_NOT_FOUND', false],
		['EAI_AGAIN', 'HOST_NOT_FOUND', true],
		['ECONNREFUSED', 'CONNECTION_REFUSED', false],
		['EHOSTUNREACH', 'CONNECTION_REFUSED', false],
		['ENETUNREACH', 'CONNECTION_REFUSED', false],
		['ECONNRESET', 'CONNECTION_LOST', true],
		['ECONNABORTED', 'CONNECTION_LOST', true],
		['EPIPE', 'CONNECTION_LOST', true],
		['ERR_BAD_RESPONSE', 'CONNECTION_LOST', true],
		['ERR_STREAM_PREMATURE_CLOSE', 'CONNECTION_LOST', true],
		['ETIMEDOUT', 'TIMED_OUT', true],
		['ESOCKETTIMEDOUT', 'TIMED_OUT', true],
		['CERT_HAS_EXPIRED', 'CERTIFICATE_NOT_TRUSTED', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERTIFICATE_NOT_TRUSTED', false],
		['SELF_SIGNED_IN_CHAIN', 'CERTIFICATE_NOT_TRUSTED', false],
		['ERR_TLS_ALTNAME_INVALID', 'CERTIFICATE_NOT_TRUSTED', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERTIFICATE_NOT_TRUSTED', false],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'CERTIFICATE_NOT_TRUSTED', false],
		['EPROTO', 'CERTIFICATE_NOT_TRUSTED', false],
		['EWHATEVER', 'NO_ANSWER', false],
	])('%s: %s', (code, means, passing) => {
		const expected = { code: means, passing, said: 'something' };
		expect(readNoAnswer(fault(code))).toEqual(expected);
		// As n8n 2.41 hands it on, in its own error with the client's as cause.
		expect(readNoAnswer(new NodeApiError(NODE, { code, message: 'x' }))).toMatchObject({
			code: means,
			passing,
		});
		// As n8n 2.0 and 1.x do, which lose the cause (seen with n8n-core 2.0.0 and 1.122.0).
		const older = { name: 'NodeApiError', message: "n8n's own text", httpCode: code, messages: ['something'] };
		expect(readNoAnswer(older)).toEqual(expected);
	});

	test('a time-out of axios has the code of an aborted connection', () => {
		const said = 'timeout of 1500ms exceeded';
		expect(readNoAnswer(fault('ECONNABORTED', said))).toEqual({ code: 'TIMED_OUT', passing: true, said });
		expect(readNoAnswer({ message: 'aborted', httpCode: 'ECONNABORTED', messages: [said] }).code).toBe('TIMED_OUT');
		expect(readNoAnswer(fault('X', 'timeout of 20 ms exceeded')).code).toBe('TIMED_OUT');
	});

	test('the words of the innermost cause are kept', () => {
		const inner = new Error('blocked by policy');
		expect(readNoAnswer(new Error('outer', { cause: inner }))).toEqual({
			code: 'NO_ANSWER',
			passing: false,
			said: 'blocked by policy',
		});
	});

	test.each([[undefined], [null], ['text'], [5], [[]], [{}], [{ code: 7, message: 8, messages: 9 }]])('%j', (value) => {
		expect(readNoAnswer(value)).toEqual({ code: 'NO_ANSWER', passing: false, said: '' });
	});

	test('causes in a circle come to an end', () => {
		const circle: { message: string; cause?: object } = { message: 'round' };
		circle.cause = circle;
		expect(chainOf(circle)).toHaveLength(5);
		expect(readNoAnswer(circle).said).toBe('round');
	});

	test('a cause is looked for under both names, five deep', () => {
		const deep = (depth: number): object => (depth === 1 ? fault('ECONNRESET') : { errorResponse: deep(depth - 1) });
		expect(readNoAnswer(deep(5)).code).toBe('CONNECTION_LOST');
		expect(readNoAnswer(deep(6)).code).toBe('NO_ANSWER');
	});

	test('the status and the word of a token refusal are seen', () => {
		expect(chainOf({ status: 503, body: 'text' })).toMatchObject([{ status: 503, word: '' }]);
		expect(
			chainOf({ response: { status: 502 }, body: { error: 'invalid_code', error_description: 'why' } }),
		).toMatchObject([{ status: 502, word: 'invalid_code', explained: 'why' }]);
		expect(chainOf({ status: 'x', response: 'y' })).toMatchObject([{ status: 0 }]);
	});

	test('a connection that Node itself was refused', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const address = server.address();
		if (address === null || typeof address === 'string') throw new Error('No port.');
		await new Promise((resolve) => server.close(resolve));
		const rejected = await fetch(`http://127.0.0.1:${address.port}/`).catch((reason: unknown) => reason);
		expect(readNoAnswer(rejected).code).toBe('CONNECTION_REFUSED');
	});
});

it('takes a proxy that breaks off before it is connected for a lost connection', () => {
	const fault = new Error('Proxy connection ended before receiving CONNECT response');
	expect(readNoAnswer(fault)).toMatchObject({ code: 'CONNECTION_LOST', passing: true });
});
