import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { failureItem, failureThrown, unresolved } from '../../nodes/ZohoCrmPhoto/run/result';
import type { Failure } from '../../nodes/ZohoCrmPhoto/outcome';

const node: INode = { id: '1', name: 'Photo', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };
const own: Failure = { code: 'EMPTY_FILE', message: 'The file is empty', description: 'Look at it.' };
const zohos: Failure = {
	code: 'RECORD_LOCKED',
	message: 'Record 7 is locked',
	description: 'Wait.',
	httpStatus: 400,
	attempts: 2,
	answer: { code: 'RECORD_LOCKED', message: 'locked', status: 'error', details: {} },
	stops: 'run',
};

describe('failureItem', () => {
	it('has the one key "error" with what the item\'s user may know, and no more', () => {
		expect(failureItem(zohos, 3, { module: 'Leads', recordId: '7' })).toEqual({
			json: {
				error: {
					message: 'Record 7 is locked [item 3]',
					description: 'Wait.',
					code: 'RECORD_LOCKED',
					httpStatus: 400,
					module: 'Leads',
					recordId: '7',
					attempts: 2,
				},
			},
			pairedItem: { item: 3 },
		});
	});

	it('leaves out what there was not: a call; module and record are always there', () => {
		expect(Object.entries(Object(failureItem(own, 0, { module: '', recordId: '' }).json.error)).slice(2)).toEqual([
			['code', 'EMPTY_FILE'],
			['module', ''],
			['recordId', ''],
		]);
	});
});

describe('failureThrown', () => {
	it("is a NodeApiError with Zoho's answer where Zoho was asked", () => {
		const thrown = failureThrown(zohos, node, 3);
		expect(thrown).toBeInstanceOf(NodeApiError);
		expect(thrown).toMatchObject({
			message: 'Record 7 is locked',
			description: 'Wait.',
			httpCode: '400',
			context: { itemIndex: 3, data: zohos.answer },
		});
	});

	it('is a NodeApiError without an answer where none came', () => {
		const thrown = failureThrown({ ...own, attempts: 1 }, node, 0);
		expect(thrown).toBeInstanceOf(NodeApiError);
		expect(thrown.message).toBe('The file is empty');
		expect(thrown.context).not.toHaveProperty('data');
	});

	it('is a NodeOperationError for a check of ours, and knows no item in the editor', () => {
		expect(failureThrown(own, node, 3)).toBeInstanceOf(NodeOperationError);
		expect(failureThrown(own, node, 3)).toMatchObject({ description: 'Look at it.', context: { itemIndex: 3 } });
		expect(failureThrown(own, node).context.itemIndex).toBeUndefined();
	});

	it.each([own, zohos])("keeps its message, though n8n looks for codes of Node's in it", (failure) => {
		const message = "The item has no binary field 'ENOENT_ECONNREFUSED'";
		expect(failureThrown({ ...failure, message }, node, 0).message).toBe(message);
	});
});

describe('what leaves the node', () => {
	const long = 'x'.repeat(2_000_000);
	const failure: Failure = { ...own, code: long, message: long, description: long };

	it('is short, whatever a sentence quotes', () => {
		expect(JSON.stringify(failureItem(failure, 0, { module: '', recordId: '' })).length).toBeLessThan(5000);
		const thrown = failureThrown(failure, node, 0);
		expect(thrown.message).toBe(`${'x'.repeat(1000)}...`);
		expect(String(thrown.description).length).toBeLessThan(3100);
	});
});

describe('unresolved', () => {
	it('quotes the fault on one line, cut short', () => {
		expect(unresolved(new Error(`a\n\tb ${'x'.repeat(500)}`)).message).toMatch(/: a b x{196}\.\.\.$/);
		expect(unresolved(undefined).message).toContain('undefined');
	});
});
