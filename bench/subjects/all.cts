import { httpRequestAsItComes, httpRequestBatching, zohoCrmPhoto } from './n8n.cts';
import { bareClient, nodeSample } from './plain.cts';
import type { Subject } from './subject.cts';

/** All subjects, in the order of the report. */
export const SUBJECTS: readonly Subject[] = [
	zohoCrmPhoto,
	httpRequestAsItComes,
	httpRequestBatching,
	nodeSample,
	bareClient,
];
