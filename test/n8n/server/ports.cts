import { createServer } from 'node:net';

/** True when a port of loopback can be listened on. */
export async function isFree(port: number): Promise<boolean> {
	return (await listen(port)) !== undefined;
}

/** Ports of loopback that nobody listens on, all different. @param count how many */
export async function freePorts(count: number): Promise<number[]> {
	const found = new Set<number>();
	while (found.size < count) {
		const port = await listen(0);
		if (port !== undefined) found.add(port);
	}
	return [...found];
}

async function listen(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
		});
	});
}
