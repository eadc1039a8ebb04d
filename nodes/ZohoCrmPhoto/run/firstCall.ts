import type { N8n } from '../zoho/n8n';

/**
 * The door to n8n, and a promise that settles when the first request goes out to Zoho. From then on other items may get
 * ready: they wait for their turn (zoho/calls/pace.ts).
 */
export function tellingFirstCall(n8n: N8n): { n8n: N8n; firstCall: Promise<void> } {
	let tell = (): void => undefined;
	const firstCall = new Promise<void>((resolve) => {
		tell = resolve;
	});
	return {
		n8n: {
			...n8n,
			request: async (...call) => {
				tell();
				return await n8n.request(...call);
			},
		},
		firstCall,
	};
}
