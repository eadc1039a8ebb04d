import { tellingFirstCall } from '../../nodes/ZohoCrmPhoto/run/firstCall';
import { oneAtATime } from '../../nodes/ZohoCrmPhoto/run/oneAtATime';

describe('oneAtATime', () => {
	it('lets one piece of work go at a time, in the order of asking, and hands each its own outcome', async () => {
		const alone = oneAtATime();
		const seen: string[] = [];
		const work =
			(name: string, fails = false) =>
			async (): Promise<string> => {
				seen.push(`${name} begins`);
				await new Promise((resolve) => setImmediate(resolve));
				seen.push(`${name} ends`);
				if (fails) throw new Error(name);
				return name;
			};
		const outcomes = await Promise.allSettled([alone(work('a')), alone(work('b', true)), alone(work('c'))]);
		expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await alone(work('d'))).toBe('d');
	});
});

describe('tellingFirstCall', () => {
	it('tells as soon as the first request goes out, and hands it on', async () => {
		let called = false;
		const unused = async (): Promise<never> => await Promise.reject(new Error('not to be called'));
		const request = async (): Promise<never> => await new Promise<never>(() => undefined);
		const { n8n, firstCall } = tellingFirstCall({
			request,
			credential: unused,
			renewToken: unused,
			cancelled: undefined,
		});
		void firstCall.then(() => (called = true));
		await new Promise((resolve) => setImmediate(resolve));
		expect(called).toBe(false);
		void n8n.request({ url: '' }, {});
		await firstCall;
		expect(called).toBe(true);
	});

	it('gives what the request brings, or its fault', async () => {
		const unused = async (): Promise<never> => await Promise.reject(new Error('not to be called'));
		const door = { credential: unused, renewToken: unused, cancelled: undefined };
		const good = tellingFirstCall({ ...door, request: async () => 'answer' });
		expect(await good.n8n.request({ url: '' }, {})).toBe('answer');
		const bad = tellingFirstCall({ ...door, request: async () => await Promise.reject(new Error('fault')) });
		await expect(bad.n8n.request({ url: '' }, {})).rejects.toThrow('fault');
	});
});
