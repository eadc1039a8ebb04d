import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Outcome } from '../outcome';
import type { ZohoClient } from '../zoho/calls/client';
import type { RecordAddress } from '../zoho/task';
import type { Settings } from '../parameters/settings';

/** One item, ready to be worked on. */
export interface Job {
	context: IExecuteFunctions;
	/** Index of the item, for reading its parameters. */
	item: number;
	address: RecordAddress;
	settings: Settings;
	zoho: ZohoClient;
	/** Whether the item's record has a photo. */
	hasPhoto: () => Promise<Outcome<boolean>>;
	/** Runs a piece of work when no other item of the process is at such a piece. */
	alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What an operation does for one item. It gives a result or a failure and throws only what n8n throws for a parameter. */
export type Operation = (job: Job) => Promise<Outcome<INodeExecutionData>>;
