import { WORKLOADS } from '../work/workload.cts';
import type { Results, WorkResult } from './results.cts';
import { markdownTable, tableOf } from './table.cts';
import { targetRows } from './targets.cts';

/** The page docs/benchmarks.md. */
export function pageOf(results: Results): string {
	const sections = WORKLOADS.flatMap((work) => {
		const measured = results.works[work.name];
		if (measured === undefined) return [];
		const { heads, rows } = tableOf(work, measured);
		const when = measured.measuredAt.slice(0, 16).replace('T', ' ');
		const times = measured.repeats === 1 ? 'once' : `${measured.repeats} times, medians`;
		return [
			`### ${work.title}`,
			'',
			markdownTable(heads, rows),
			'',
			`<sub>${when} UTC, each ${times}; ${circumstances(measured)}</sub>`,
			'',
			...(work.name === 'phone' ? [SHRINKING, ''] : []),
		];
	});
	return [
		...BEFORE,
		markdownTable(['', 'at most', 'measured', ''], targetRows(results)),
		'',
		'## All numbers',
		'',
		...sections,
		...after(results),
	].join('\n');
}

function circumstances({ load, priority }: WorkResult): string {
	const others = `load average of the machine before: ${load.toFixed(1)}`;
	return priority < 0 ? `${others}; measured at priority ${priority}, before what else it was doing` : others;
}

/** What the page begins with. */
const BEFORE = [
	'# Benchmarks',
	'',
	'What happens when a few hundred photos go to Zoho CRM at once, with this node and with the other ways that people have.',
	'`npm run bench` measures it and writes this page.',
	'',
	'![Photos stored, seconds, processor time and memory of five ways to upload photos](images/benchmark.svg)',
	'',
	'- **HTTP Request** sends all items at once. Zoho takes as many as the edition allows and answers the rest with 429.',
	"- **HTTP Request, batching** sends a batch, waits a second, and so on, as n8n's documentation advises. It stores all",
	'  photos as long as a batch is no larger than what Zoho allows, and takes the pauses as well as the calls.',
	'- After the access token has run out, HTTP Request renews it, but cannot send a form a second time: what was on its way is lost.',
	"- **Zoho's Node.js sample** uploads one photo after another and knows nothing of tokens that run out.",
	'- The **bare client** has the bytes ready, keeps its connections and makes exactly as many calls as allowed: nothing is',
	'  faster. It is no way to upload photos, as it looks at no answer.',
	'',
	'## What is to be reached',
	'',
];

const SHRINKING = [
	"Shrinking happens in n8n's own process, one photo at a time, with the event loop given back in between. For a few",
	'photos that is the simplest way. For hundreds of photos from phones, run n8n in queue mode, so that a worker is busy and',
	'not the editor, or put an Edit Image node before this one: it resizes in a process of its own (GraphicsMagick), faster and',
	'off the event loop, but on files of its own and with the EXIF orientation left to you.',
].join('\n');

function after({ machine, versions }: Results): string[] {
	return [
		'## How it is measured',
		'',
		`On ${machine}; ${versions}. Seconds and ratios differ between machines. Those taken at a load average above the`,
		'number of cores are too long, as other work took its share: the bare client, which has nearly nothing to do, shows by',
		'how much. Run the benchmark again on a quiet machine before drawing conclusions from them.',
		'',
		'- Zoho is the emulator of this project (`test/emulator`), over TLS behind a CONNECT proxy, in another process. It stores',
		'  a photo, waits, and answers; a call too many gets 429 at once.',
		"- The n8n nodes run in a real n8n-core with binary data in files, n8n's own default. The HTTP Request node is the one of",
		'  the same n8n release, with this node\'s credential as predefined credential type, body "Form-Data" and an "n8n Binary File".',
		'- The credential is as n8n 2.41 stores it, with the time at which its token runs out. Older versions note no such time:',
		'  with them the first photo goes alone, which adds the time of one call.',
		'- Each run has a process and an emulator of its own, warmed up with five photos; the subjects take turns.',
		'- **stored** counts the photos that lie at the emulator byte for byte (shrunk ones: those that lie there).',
		"- **seconds** is n8n's own execution time of the node; for the plain clients, from the first call to the last answer.",
		'- **CPU per photo** is the processor time of the process (user and system, garbage collection included), less what n8n',
		'  takes to put the photos into its storage.',
		"- **memory above base** is the highest resident memory of the process during the run, photos put into n8n's storage",
		'  included, less what it had before (Linux, VmHWM).',
		'- The photos are real JPEGs, all different. One run: `npm run bench -- --only cap10 --subjects node,http`.',
		'',
	];
}
