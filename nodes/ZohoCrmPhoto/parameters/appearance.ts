import type { NodeHint } from 'n8n-workflow';

/**
 * What stands below the node's name: the operation and its module, e.g. "Upload Photo: Leads". A module that an expression
 * gives is left out: it differs by item, and n8n shows nothing at all where an expression inside cannot be resolved.
 */
export const SUBTITLE =
	'={{ ({ upload: "Upload ", download: "Download ", delete: "Delete " })[$parameter["operation"]] + ($parameter["resource"] === "imageField" ? "Images" : "Photo") + (String($rawParameter["module"]).startsWith("=") ? "" : ": " + $rawParameter["module"]) }}';

/** The modules whose tab stands in a record's address for sure (zoho/records/recordUrl.ts); Deals are still called Potentials there. */
const TABS = '["Leads", "Contacts", "Accounts", "Products", "Vendors", "Potentials"]';

/** As they are stored: an expression in their place says nothing before a run. */
const MODULE = 'String($rawParameter["module"])';
const RECORD = 'String($rawParameter["recordId"])';
const TAB = `${MODULE}.replace(/^Deals$/i, "Potentials").toLowerCase()`;

/** What the panel says before a run that cannot go well. */
export const HINTS: NodeHint[] = [
	{
		message:
			"The address under 'Record' belongs to a record of another module than the one under 'Module'. Change one of them.",
		type: 'warning',
		location: 'outputPane',
		whenToDisplay: 'always',
		displayCondition: `={{ ![${MODULE}, ${RECORD}].some((text) => text.startsWith("=")) && ${TABS}.some((tab) => tab.toLowerCase() !== ${TAB} && ${RECORD}.includes("/tab/" + tab + "/")) }}`,
	},
];
