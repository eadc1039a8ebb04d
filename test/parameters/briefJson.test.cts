import { briefJson } from '../../nodes/ZohoCrmPhoto/parameters/briefJson';

const nested = (levels: number): unknown => {
	let value: unknown = 1;
	for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
	return value;
};

describe('briefJson', () => {
	it.each([
		[{ id: 1 }, '{"id":1}'],
		[['1', null, true], '["1",null,true]'],
		[new Date(0), '"1970-01-01T00:00:00.000Z"'],
		[undefined, 'undefined'],
		[7n, '"bigint"'],
		[nested(5), '[{"a":[{"a":"..."}]}]'],
	])('writes %p as %s', (value, text) => expect(briefJson(value)).toBe(text));

	it('cuts down what is of any depth or size, or holds itself', () => {
		expect(briefJson(nested(100_000)).length).toBeLessThan(100);
		expect(briefJson(Array(100_000).fill('x'.repeat(1000))).length).toBeLessThan(5000);
		const circle: Record<string, unknown> = {};
		circle.inside = circle;
		expect(briefJson(circle)).toBe('{"inside":{"inside":{"inside":{"inside":"..."}}}}');
	});

	it('survives a value that cannot be looked at', () => {
		const hostile = {
			get a(): never {
				throw new Error('no');
			},
		};
		expect(briefJson([hostile, { toJSON: () => nested(100_000) }])).toBe('["...",{"a":["..."]}]');
	});
});
