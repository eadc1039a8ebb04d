import { secretsOf, struckOut } from '../../nodes/ZohoCrmPhoto/zoho/secrets';
import { TOKEN } from './samples.cts';

test.each([
	[`a ${TOKEN} b ${TOKEN}`, 'a *** b ***'],
	[`Bearer ${TOKEN}`, 'Bearer ***'],
	['Bearer  abc.def "x"', 'Bearer  *** "x"'],
	['zoho-OAUTHTOKEN abc<br>', 'zoho-OAUTHTOKEN ***<br>'],
	['{"h":"Bearer abc","n":1}', '{"h":"Bearer ***","n":1}'],
	['Basic YWJjOmRlZmdoaWprbG0=', 'Basic ***'],
	['Basic information', 'Basic information'],
	['cut 1000.0123456789', 'cut ***'],
	['old 1000.ffffff.eeeeee.', 'old ***'],
	['at most 1000.5 MB, id 3000000038009, bearer', 'at most 1000.5 MB, id 3000000038009, bearer'],
	['the forbearer said', 'the forbearer said'],
	['refresh_token=abcdefghijkl&x=1', 'refresh_token=***&x=1'],
	['{"client_secret": "abcdefghijkl"}', '{"client_secret": "***"}'],
	['client_secret: missing', 'client_secret: missing'],
])('%s', (text, left) => {
	expect(struckOut(text, [TOKEN])).toBe(left);
});

describe('a secret of another look than those known', () => {
	const SECRET = 'aB3-xyz-98q-WERTZ';

	test.each([
		['twice', `x ${SECRET}, y ${SECRET}`, 'x ***, y ***'],
		['in a word', `x${SECRET}x`, 'x***x'],
		['in capitals', SECRET.toUpperCase(), '***'],
		['split by spaces and line ends', 'aB3- xyz\n-98q-W\tERTZ', '***'],
		['split by characters that nobody sees', 'aB3-x\u200byz-98\u00adq-WERTZ', '***'],
		['cut off at its end', 'said: aB3-xyz-98', 'said: ***'],
		['cut off at its front', '-98q-WERTZ was said', '-*** was said'],
		['in percent', '%61%42%33-xyz-98q-WERTZ', '***'],
		['in percent all along', [...SECRET].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''), '***'],
		['as escapes', [...SECRET].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join(''), '***'],
		['as short escapes', [...SECRET].map((one) => `\\x${one.charCodeAt(0).toString(16)}`).join(''), '***'],
		['not at all: a few letters of it', 'xyz 98q', 'xyz 98q'],
		['not at all: percent', '100%25 sure', '100%25 sure'],
	])('written %s', (_, text, left) => {
		expect(struckOut(text, [SECRET])).toBe(left);
	});
});

test('no secret known', () => {
	expect(struckOut('abc', [])).toBe('abc');
	expect(struckOut('abc', ['', 'ab'])).toBe('abc');
});

test('the secrets of a credential', () => {
	const oauthTokenData = { access_token: 'a', refresh_token: 'r', id_token: 'i', scope: 's' };
	expect(secretsOf({ clientId: 'c', clientSecret: 'x', oauthTokenData })).toEqual(['x', 'a', 'r', 'i']);
	expect(secretsOf({ clientSecret: '', oauthTokenData: 'text' })).toEqual([]);
});
