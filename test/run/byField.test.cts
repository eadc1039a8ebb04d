import type { IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

import { runItems } from '../../nodes/ZohoCrmPhoto/run/items';
import { numberedPhoto } from '../engine/photos.cts';
import { execution, refusal, UPLOADED, zohoAnswer } from './execution.cts';

/** A record of the module Leads as a query gives it. */
interface Lead {
	id: string;
	Email: string | number;
	Full_Name?: string;
}

/** A refusal of a query that names the column it is about. */
const invalidQuery = (column_name: string, message = 'column given seems to be invalid'): object =>
	zohoAnswer(400, { code: 'INVALID_QUERY', details: { column_name }, message, status: 'error' });

/** The literals of a query's list, in quotes or not. */
function literalsOf(query: string): string[] {
	const list = query.slice(query.indexOf(' where '), query.indexOf(' order by '));
	return [...list.matchAll(/'([^']*)'|\b(\d+)\b/g)].map(([, text, number]) => text ?? number ?? '');
}

/** Uploads a photo for each value, by the field Email; `refuse` may answer a query in Zoho's place. */
async function runFor(
	values: readonly unknown[],
	leads: readonly Lead[],
	options: object = {},
	refuse: (query: string, values: string[]) => object | undefined = () => undefined,
) {
	const queries: string[] = [];
	const items = values.map((value): INodeExecutionData => {
		const data = { mimeType: 'image/png', data: numberedPhoto(1).toString('base64') };
		return { json: { value: JSON.stringify(value) ?? '' }, binary: { data } };
	});
	const { context, requests, hints } = execution({
		items,
		parameters: { recordId: (item: number) => ({ mode: 'field', value: values[item] }), options },
		async answer({ url, body }: IHttpRequestOptions) {
			if (!url.endsWith('/coql')) return UPLOADED;
			const text: unknown = body instanceof Blob ? JSON.parse(await body.text()) : {};
			const query = String(Object(text).select_query);
			queries.push(query);
			const asked = literalsOf(query);
			const isAsked = ({ Email }: Lead): boolean =>
				asked.some((one) => one.toLowerCase() === String(Email).toLowerCase());
			const refused = refuse(query, asked);
			if (refused !== undefined) return refused;
			const data = leads.filter(isAsked);
			return data.length === 0
				? zohoAnswer(204, Buffer.alloc(0))
				: zohoAnswer(200, { data, info: { more_records: false } });
		},
	});
	const output = (await runItems(context)).map(({ json }) => json);
	const uploads = requests.filter(({ url }) => url.endsWith('/photo')).map(({ url }) => url.split('/').at(-2));
	return { output, queries, uploads, hints };
}

const lead = (n: number): Lead => ({
	id: String(5000 + n),
	Email: `person-${n}@example.com`,
	Full_Name: `Person ${n}`,
});
const LEADS = Array.from({ length: 120 }, (_, n) => lead(n));
const emails = LEADS.map(({ Email }) => String(Email));

it('finds the records of fifty items in one call, and asks for a value once', async () => {
	const { output, queries, uploads } = await runFor([...emails, ...emails.slice(0, 5)], LEADS);
	expect(output.map(({ recordId }) => recordId)).toEqual([...LEADS, ...LEADS.slice(0, 5)].map(({ id }) => id));
	expect([...uploads].sort()).toEqual([...LEADS, ...LEADS.slice(0, 5)].map(({ id }) => id).sort());
	expect(queries.length).toBeLessThanOrEqual(4);
});

it('says which value no record has, and which several have', async () => {
	const twins = [lead(1), { ...lead(1), id: '6001', Full_Name: '' }, ...LEADS.slice(2)];
	const { output, uploads } = await runFor(['nobody@example.com', emails[1], emails[2]], twins);
	expect(output[0]?.error).toMatchObject({ code: 'RECORD_NOT_FOUND', recordId: 'nobody@example.com' });
	expect(output[1]?.error).toMatchObject({ code: 'SEVERAL_RECORDS_FOUND' });
	expect(JSON.stringify(output[1])).toContain('Person 1 (5001), 6001');
	expect(output[2]).toMatchObject({ code: 'SUCCESS', recordId: '5002' });
	expect(uploads).toEqual(['5002']);
});

it('takes the newest of several where that is set: Zoho gives it first', async () => {
	const twins = [{ ...lead(1), id: '6001' }, lead(1)];
	const { output } = await runFor([` ${String(emails[1]).toUpperCase()} `], twins, { severalMatches: 'newest' });
	expect(output[0]).toMatchObject({ code: 'SUCCESS', recordId: '6001' });
});

it('refuses a value that is none before it asks', async () => {
	const { output, queries } = await runFor(['', null, { a: 1 }, emails[0]], LEADS);
	expect(output.slice(0, 3).map(({ error }) => Boolean(error))).toEqual([true, true, true]);
	expect(output[3]).toMatchObject({ recordId: '5000' });
	expect(queries).toHaveLength(1);
});

it('asks once about a field that cannot be looked in, and tells every item', async () => {
	const { output, queries, uploads } = await runFor(emails.slice(0, 60), LEADS, {}, () => invalidQuery('Email'));
	for (const { error } of output) {
		expect(error).toMatchObject({ message: expect.stringContaining("by a field 'Email'") });
	}
	expect(queries.length).toBeLessThanOrEqual(2);
	expect(uploads).toEqual([]);
});

it('does without the names where the user may not see them', async () => {
	const { output, queries } = await runFor(emails.slice(0, 3), LEADS, {}, (query) =>
		query.includes('Full_Name') ? invalidQuery('Full_Name') : undefined,
	);
	expect(output.map(({ recordId }) => recordId)).toEqual(['5000', '5001', '5002']);
	expect(queries).toHaveLength(2);
});

it('compares with numbers where the field holds some', async () => {
	const numbered = [{ id: '7001', Email: 42 }];
	const { output } = await runFor(['42'], numbered, {}, (query) =>
		query.includes("'42'") ? invalidQuery('Email', 'the data type of the value does not match') : undefined,
	);
	expect(output[0]).toMatchObject({ recordId: '7001' });
});

it('asks for each half where a query brings more than one answer holds, or is not taken', async () => {
	for (const answer of [
		zohoAnswer(200, { data: [], info: { more_records: true } }),
		refusal(400, 'SYNTAX_ERROR'),
		refusal(400, 'LIMIT_EXCEEDED'),
	]) {
		const { output, queries } = await runFor(emails.slice(0, 4), LEADS, {}, (_, values) =>
			values.length > 1 ? answer : undefined,
		);
		expect(output.map(({ recordId }) => recordId)).toEqual(['5000', '5001', '5002', '5003']);
		expect(queries.length).toBeLessThanOrEqual(8);
	}
});

it('keeps the trouble of a query with the items that it was for', async () => {
	const { output, uploads } = await runFor(emails.slice(0, 2), LEADS, { maxRetries: 0 }, () =>
		refusal(503, 'SERVICE_UNAVAILABLE'),
	);
	expect(output.map(({ error }) => Object(error).code)).toEqual(['SERVICE_UNAVAILABLE', 'SERVICE_UNAVAILABLE']);
	expect(uploads).toEqual([]);
});

it('ends the run where the scope for queries is missing', async () => {
	const { output, queries } = await runFor(emails, LEADS, {}, () => refusal(401, 'OAUTH_SCOPE_MISMATCH'));
	expect(output).toHaveLength(120);
	expect(JSON.stringify(output[0])).toContain('ZohoCRM.coql.READ');
	expect(queries.length).toBeLessThanOrEqual(2);
});
