import path from 'node:path';

/** A real n8n that the tests run: its folder here holds a package.json and a lock file. */
export interface N8nVersion {
	name: '2.41' | '1.123';
	folder: string;
	/** Roughly how much room the installed packages take, in bytes. */
	size: number;
}

/** The n8n of `npm start` and of nearly all tests. It asks for Node.js 24, which is installed beside it. */
export const CURRENT: N8nVersion = { name: '2.41', folder: path.join(__dirname, '..', '2.41'), size: 3.4e9 };

/** The last n8n 1, on the Node.js that runs the tests. */
export const OLDEST: N8nVersion = { name: '1.123', folder: path.join(__dirname, '..', '1.123'), size: 2e9 };
