import { createServer } from 'node:http';

import { listAt, dig, textAt } from './json.cts';

/** What stands for a language model: it calls the first tool that it is offered, once, and then says that it is done. */
export interface Model {
	/** For the credential of n8n's OpenAI Chat Model. */
	url: string;
	/** What the agent sent, a request after the other. */
	requests: unknown[];
	/** What the tool is called with from now on. */
	args: object;
	/** Tools as they were offered in the last request: name, description and the schema of the arguments. */
	offered(): unknown[];
	/** What the tool gave, as the last request tells it. */
	told(): string;
	close(): Promise<void>;
}

/** Starts a model on loopback that answers as OpenAI's chat completions do. */
export async function startModel(): Promise<Model> {
	const requests: unknown[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
			requests.push(body);
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(completion(body, model.args)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const model: Model = {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		args: {},
		offered: () => listAt(requests.at(-1), 'tools').map((tool) => dig(tool, 'function')),
		told: () => {
			const answers = listAt(requests.at(-1), 'messages').filter((message) => dig(message, 'role') === 'tool');
			return textAt(answers.at(-1), 'content');
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return model;
}

function completion(request: unknown, args: object): object {
	const hasAnswer = listAt(request, 'messages').some((message) => dig(message, 'role') === 'tool');
	const tool = dig(request, 'tools', 0, 'function', 'name');
	const message =
		hasAnswer || tool === undefined
			? { role: 'assistant', content: 'Done.' }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [{ id: 'call_1', type: 'function', function: { name: tool, arguments: JSON.stringify(args) } }],
				};
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: 'stand-in',
		choices: [{ index: 0, message, finish_reason: hasAnswer ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
