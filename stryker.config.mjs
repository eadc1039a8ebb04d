import { tmpdir } from 'node:os';
import path from 'node:path';

import jestConfig from './jest.config.js';

/**
 * Mutation run over the rooms whose rules are tested without n8n: what a photo is, and how Zoho is talked to. Shrinking
 * is left out: its tests compare pictures within a tolerance, so most changes of a sum in it change nothing that counts.
 * `npm run test:mutation` installs Stryker on demand (test/package/mutation) and runs this file.
 *
 * @type {import('./test/package/mutation/node_modules/@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: [
		'nodes/ZohoCrmPhoto/photo/**/*.ts',
		'!nodes/ZohoCrmPhoto/photo/{decode,encode,fit}/**',
		'!nodes/ZohoCrmPhoto/photo/formats/jpeg{Segments,Tables}.ts',
		'nodes/ZohoCrmPhoto/{network,zoho}/**/*.ts',
		'nodes/ZohoCrmPhoto/json.ts',
	],
	testRunner: 'jest',
	jest: {
		config: {
			...jestConfig,
			testMatch: ['<rootDir>/test/package/mutation/rooms.cts'],
			moduleNameMapper: { '^n8n-workflow$': '<rootDir>/test/package/mutation/n8n-workflow.cjs' },
		},
		// The one test file there is finds its tests by itself.
		enableFindRelatedTests: false,
	},
	coverageAnalysis: 'perTest',
	// What runs once as a file is loaded, constants and tables, would need every test again for each change.
	ignoreStatic: true,
	concurrency: 2,
	incremental: true,
	incrementalFile: 'reports/mutation/incremental.json',
	reporters: ['clear-text', 'json', 'progress-append-only'],
	clearTextReporter: { logTests: false, reportTests: false },
	thresholds: { high: 95, low: 90, break: 85 },
	ignorePatterns: [
		'bench',
		'coverage',
		'demo',
		'dist',
		'docs',
		'examples',
		'live',
		'test/{docs,emulator,engine,live,methods,n8n,operations,parameters,run,source,wire}',
		'test/package/{contract,scan}',
	],
	// Outside the project: linters and test runners that search the project would find the copies.
	tempDirName: path.join(tmpdir(), 'zoho-crm-photo-mutants'),
};
