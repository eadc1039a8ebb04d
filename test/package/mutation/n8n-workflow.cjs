'use strict';

/**
 * What the rooms under mutation and their tests use of n8n-workflow, from its own files. All of it is 680 modules, loaded
 * by each test file anew, for each change anew: that would be most of the run.
 */
module.exports = {
	get sleep() {
		return require('@n8n/utils/sleep').sleep;
	},
	get randomString() {
		return require('../../../node_modules/n8n-workflow/dist/cjs/utils.js').randomString;
	},
	get NodeApiError() {
		return require('../../../node_modules/n8n-workflow/dist/cjs/errors/node-api.error.js').NodeApiError;
	},
};
