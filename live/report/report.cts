import { version } from '../../package.json';
import { isNews, type Row, type Verdict } from './verdict.cts';

/** What a run came to. Nothing in it tells whose org it was. */
export interface Report {
	report: 'n8n-nodes-zoho-crm-photo live';
	version: string;
	/** The day, UTC. */
	date: string;
	/** The emulator, or a data center and environment: `zoho.eu production`. */
	against: string;
	/** Calls to the CRM API, each of one credit at most. */
	calls: number;
	lead: 'deleted' | 'not made' | 'still there';
	counts: Record<Verdict, number>;
	rows: readonly Row[];
}

/** What a report is made of. */
export type ReportParts = Pick<Report, 'against' | 'calls' | 'lead' | 'rows'>;

/** Makes the report of a run. */
export function makeReport({ against, calls, lead, rows }: ReportParts): Report {
	const counts: Report['counts'] = { 'as assumed': 0, 'other words': 0, differs: 0, 'no answer': 0, 'not asked': 0 };
	for (const { verdict } of rows) counts[verdict]++;
	const date = new Date().toISOString().slice(0, 10);
	return { report: 'n8n-nodes-zoho-crm-photo live', version, date, against, calls, lead, counts, rows };
}

const colours: Record<Verdict, string> = {
	'as assumed': '32',
	'other words': '33',
	differs: '31',
	'no answer': '31',
	'not asked': '2',
};

/** Cells that leave room for the others; what is news stands below the table in full. */
function short(text: string): string {
	return text.length > 46 ? `${text.slice(0, 45)}…` : text;
}

/** The report as a table for the terminal, and below it what is news once more. */
export function reportText(report: Report, inColour: boolean): string {
	const { rows, counts, calls, lead } = report;
	const heads = ['question', 'assumed', 'seen', 'verdict'];
	const cells = rows.map((row) => [row.question, short(row.assumed), short(row.seen), row.verdict]);
	const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at]?.length ?? 0)));
	const line = (row: readonly string[]): string =>
		row
			.map((cell, at) => cell.padEnd(widths[at] ?? 0))
			.join('  ')
			.trimEnd();
	const painted = rows.map((row, place) => {
		const text = line(cells[place] ?? []);
		return inColour ? `\u001b[${colours[row.verdict]}m${text}\u001b[0m` : text;
	});
	const news = rows.filter(isNews);
	return [
		line(heads),
		line(widths.map((width) => '-'.repeat(width))),
		...painted,
		'',
		`${rows.length} questions: ${counts['as assumed']} as assumed, ${counts['other words']} in other words, ` +
			`${counts.differs} that differ, ${counts['no answer']} without an answer, ${counts['not asked']} not asked.`,
		...news.map(({ question, text, seen }) => `  ${question} (${text}): ${seen}`),
		`${calls} calls. The lead was ${lead === 'still there' ? 'NOT deleted' : lead}.`,
	].join('\n');
}
