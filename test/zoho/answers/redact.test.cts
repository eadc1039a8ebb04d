import { redactedAnswer, redactedText } from '../../../nodes/ZohoCrmPhoto/zoho/answers/redact';
import { answerOf, TOKEN } from '../samples.cts';

test.each([
	[`a ${TOKEN} b ${TOKEN}`, 'a *** b ***'],
	[`Bearer ${TOKEN}`, 'Bearer ***'],
	['Bearer  abc.def "x"', 'Bearer  *** "x"'],
	['zoho-OAUTHTOKEN abc<br>', 'zoho-OAUTHTOKEN ***<br>'],
	['{"h":"Bearer abc","n":1}', '{"h":"Bearer ***","n":1}'],
	['cut 1000.0123456789', 'cut ***'],
	['old 1000.ffffff.eeeeee.', 'old ***'],
	['at most 1000.5 MB, id 3000000038009, bearer', 'at most 1000.5 MB, id 3000000038009, bearer'],
	['the forbearer said', 'the forbearer said'],
])('%s', (text, redacted) => {
	expect(redactedText(text, TOKEN)).toBe(redacted);
});

test('a page without end that seems to hold a token is looked through once', () => {
	const page = `Bearer${' '.repeat(1_000_000)}`;
	expect(redactedText(page, TOKEN)).toBe(page);
});

test('a token of another look than those known', () => {
	expect(redactedText('x-token: an-opaque-one, twice an-opaque-one', 'an-opaque-one')).toBe('x-token: ***, twice ***');
});

test('no token known', () => {
	expect(redactedText('abc', '')).toBe('abc');
});

test('a body, and nothing else', () => {
	const answer = answerOf(403, `x ${TOKEN}`, { server: 'gateway' });
	expect(redactedAnswer(answer, TOKEN)).toEqual({ ...answer, body: Buffer.from('x ***') });
});
