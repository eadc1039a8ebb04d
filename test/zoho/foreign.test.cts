import { codeWord, opened, openedJson, withoutMarkup } from '../../nodes/ZohoCrmPhoto/zoho/foreign';

describe('a text', () => {
	test.each([
		['a\n\t b', 'a b'],
		['a <b class="x">c</b> d<br/>', 'a c d'],
		['a < b and c > d', 'a < b and c > d'],
		['x<script>let a = 1;</script><style>b{}</style>y', 'x y'],
		['<img src=x onerror=alert(1)', ''],
		['&lt;img src=x&gt;&#60;b&#62;&#x3c;i&#x3E;fine&amp;good', 'fine&good'],
		['<scr<script>ipt>alert(1)</script>', ''],
		['<!-- note --><?xml?>x', 'x'],
		['&unknown; &#9999999; &nbsp;&AMP;', '&unknown; &#9999999; &'],
		['\u202etxt.exe\u0007', 'txt.exe'],
	])('%j comes through as %j', (text, through) => {
		expect(opened(text, [])).toBe(through);
	});

	test('is as long as was asked for, with three dots behind', () => {
		expect(opened('x'.repeat(300), [])).toBe(`${'x'.repeat(200)}...`);
		expect(opened('x'.repeat(300), [], 10)).toBe(`${'x'.repeat(10)}...`);
		expect(opened('x'.repeat(2_000_000), [], 10)).toHaveLength(13);
		expect(opened(`${'x'.repeat(9)}\u{1f600}`, [], 10)).toBe(`${'x'.repeat(9)}...`);
	});

	test('holds no secret that a tag or an entity hides', () => {
		const secret = 'q1w2e3r4t5z6u7i8o9p0';
		expect(opened('is q1w2e3r4<b>t5z6</b>u7i8o9p0', [secret])).toBe('is ***');
		expect(opened('is q1w2e3r4t5&#122;6u7&#x69;8o9p0', [secret])).toBe('is ***');
		expect(opened(`${'x'.repeat(195)} ${secret}`, [secret])).toBe(`${'x'.repeat(195)} ***`);
	});
});

test.each([
	['SUCCESS', 'SUCCESS'],
	['Access Denied', 'Access Denied'],
	['', 'UNKNOWN'],
	['4711', 'UNKNOWN'],
	['A<b>', 'UNKNOWN'],
	['x'.repeat(61), 'UNKNOWN'],
])('the code %j is %s', (code, word) => {
	expect(codeWord(code)).toBe(word);
});

test.each(['<', '<b', '<script ', '&#', '&amp;', '<!--', '</'])(
	'tags without end are looked through once: %j',
	(piece) => {
		const started = process.cpuUsage();
		withoutMarkup(piece.repeat(100_000));
		expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
	},
);

describe('JSON', () => {
	test('comes through as it is where it is small', () => {
		const json = { code: 'A', details: { list: [1, 'x', null, true, { deep: {} }] } };
		expect(openedJson(json, [])).toEqual(json);
	});

	test('is as deep, as wide and as long as anybody looks at', () => {
		const wide = Object.fromEntries([...Array(5000).keys()].map((n) => [`name ${n}`, n]));
		const long = Object.fromEntries([...Array(50).keys()].map((n) => [`name ${n}`, 'x'.repeat(1000)]));
		for (const json of [wide, long, { list: [...Array(5000).keys()] }]) {
			expect(JSON.stringify(openedJson(json, [])).length).toBeLessThan(6000);
		}
		const deep = { a: { a: { a: { a: { a: { a: 1 } } } } } };
		expect(openedJson(deep, [])).toEqual({ a: { a: { a: { a: { a: '...' } } } } });
	});

	test('of tags alone is looked through in no time', () => {
		const json = Object.fromEntries([...Array(500).keys()].map((n) => [`<${n}`, '<b '.repeat(100_000)]));
		const started = process.cpuUsage();
		openedJson(json, ['q1w2e3r4t5z6u7i8o9p0']);
		expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
	});

	test('holds no secret, and no key that is a prototype to somebody', () => {
		const json: object = JSON.parse('{"__proto__":{"x":1},"q1w2e3r4t5z6":["q1w2e3r4t5z6"]}');
		const through = openedJson({ ...json }, ['q1w2e3r4t5z6']);
		expect(through).toEqual({ '***': ['***'] });
		expect(Object.getPrototypeOf(through)).toBe(Object.prototype);
	});
});
