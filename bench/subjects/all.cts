import { httpRequestAsItComes, httpRequestBatching, httpRequestRetrying, zohoCrmPhoto } from './n8n.cts';
import { bareClient, nodeSample } from './plain.cts';
import { magick } from './magick.cts';
import type { Subject } from './subject.cts';

/** All subjects, in the order of the report. */
export const SUBJECTS: readonly Subject[] = [
	zohoCrmPhoto,
	httpRequestAsItComes,
	httpRequestBatching,
	httpRequestRetrying,
	nodeSample,
	bareClient,
	magick,
];
