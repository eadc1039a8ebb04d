import type { Login } from './account/login.cts';
import { type Connection, signIn, signOut } from './account/signIn.cts';
import { Client, NoMoreCalls } from './calls/client.cts';
import type { Transport } from './calls/transport.cts';
import { Lab, NotAsked } from './lab/lab.cts';
import { deleteLead, leadName, makeLead } from './lab/ownLead.cts';
import { personalWords } from './lab/personalWords.cts';
import { QUESTIONS, type Questions } from './questions/all.cts';
import type { Question } from './questions/question.cts';
import { makeReport, type Report } from './report/report.cts';
import { Scrubber } from './report/scrub.cts';
import { type Row, verdictOf } from './report/verdict.cts';

/** What a run takes. */
export interface RunParts {
	transport: Transport;
	login: Login;
	/** The report's word for what is asked; default: the data center and environment. */
	against?: string;
	mayProvoke429: boolean;
	/** Fields that the org wants of every lead. */
	leadFields?: Readonly<Record<string, string>>;
	questions?: Questions;
	/** Is told once the lead is made. */
	onLead?: () => void;
	/** Is told each question before it is asked. */
	onQuestion?: (name: string, place: number, count: number) => void;
	/** Is given what ends the run early, so that the lead is deleted and the report made. */
	onStart?: (stop: () => void) => void;
}

/** A run's report, and what must be done by hand if the lead is still there. */
export interface RunResult {
	report: Report;
	/** The lead's name, when it could not be deleted. */
	leftBehind: string | undefined;
}

/**
 * Makes a lead, asks the questions, and deletes the lead whatever happened meanwhile.
 * @throws Error when the sign-in or the lead was refused; nothing is left behind then
 */
export async function runQuestions(parts: RunParts): Promise<RunResult> {
	const { transport, login, questions = QUESTIONS } = parts;
	const scrubber = new Scrubber();
	scrubber.add(login.clientId, login.clientSecret, login.refreshToken, login.code);
	try {
		const connection = await signIn(transport, login);
		scrubber.add(connection.accessToken, connection.ownRefreshToken);
		const client = new Client(transport, connection.apiDomain, connection.accessToken);
		parts.onStart?.(() => client.stop());
		try {
			return await withLead({ ...parts, questions }, connection, client, scrubber);
		} finally {
			await signOut(transport, login, connection);
		}
	} catch (reason) {
		throw new Error(scrubber.clean(reason instanceof Error ? reason.message : String(reason)));
	}
}

async function withLead(
	parts: RunParts & { questions: Questions },
	connection: Connection,
	client: Client,
	scrubber: Scrubber,
): Promise<RunResult> {
	const { transport, login, questions, mayProvoke429 } = parts;
	if (client.isStopped) throw new Error('The run was ended before it began. Nothing was asked.');
	const lead = await makeLead(client, leadName(), parts.leadFields);
	scrubber.add(lead.id, lead.name);
	parts.onLead?.();
	const lab = new Lab({ transport, client, login, connection, lead, mayProvoke429 });
	const all = [...questions.withLead, ...questions.afterwards];
	const rows: Row[] = [];
	const askAll = async (some: readonly Question[]): Promise<void> => {
		for (const question of some) {
			parts.onQuestion?.(question.name, rows.length + 1, all.length);
			rows.push(await ask(question, lab));
		}
	};
	let isDeleted = false;
	try {
		scrubber.add(...(await personalWords(client, lead)));
		await askAll(questions.withLead);
	} finally {
		isDeleted = await deleteLead(client, lead);
	}
	const isStillThere = async (): Promise<string> => {
		throw new NotAsked('the lead is still there');
	};
	await askAll(isDeleted ? questions.afterwards : questions.afterwards.map((one) => ({ ...one, ask: isStillThere })));
	const report = makeReport({
		against: parts.against ?? `${login.dataCenter.accountsDomain} ${environmentOf(connection.apiDomain)}`,
		calls: client.calls,
		lead: isDeleted ? 'deleted' : 'still there',
		// What is as assumed is in the project's own words, which a person's name could tear apart.
		rows: rows.map((row) => (row.verdict === 'as assumed' ? row : { ...row, seen: scrubber.clean(row.seen) })),
	});
	return { report, leftBehind: isDeleted ? undefined : lead.name };
}

async function ask(question: Question, lab: Lab): Promise<Row> {
	const { name, text, assumed } = question;
	try {
		const seen = await question.ask(lab);
		return { question: name, text, assumed, seen, verdict: verdictOf(assumed, seen) };
	} catch (reason) {
		const why = reason instanceof Error ? reason.message : String(reason);
		const isLeftOut = reason instanceof NotAsked || reason instanceof NoMoreCalls;
		return { question: name, text, assumed, seen: why, verdict: isLeftOut ? 'not asked' : 'no answer' };
	}
}

/** `production`, `sandbox` or `developer`, by the API host. */
function environmentOf(apiDomain: string): string {
	const [first = ''] = new URL(apiDomain).hostname.split('.');
	return first === 'www' ? 'production' : first;
}
