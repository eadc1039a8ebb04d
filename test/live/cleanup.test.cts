import { QUESTIONS, type Questions } from '../../live/questions/all.cts';
import type { Question } from '../../live/questions/question.cts';
import { ask, emulatorOfFile, groups, leadsLeft } from './lab.cts';

const theEmulator = emulatorOfFile();

function only(...withLead: Question[]): Questions {
	return { withLead, afterwards: [] };
}

function question(name: string, put: Question['ask']): Question {
	return { name, text: name, assumed: 'well', ask: put };
}

describe('the lead of a run', () => {
	it('is there while questions are asked, under a name that nobody mistakes', async () => {
		const emulator = theEmulator();
		let seen: string[] = [];
		const look = question('a.look', async () => {
			seen = leadsLeft(emulator);
			return 'well';
		});
		await ask(emulator, { questions: only(look) });
		expect(seen).toEqual([expect.stringMatching(/^n8n photo check [0-9a-f]{8} \(delete me\)$/)]);
		expect(leadsLeft(emulator)).toEqual([]);
	});

	it('is deleted when a question throws, and the next one is asked all the same', async () => {
		const emulator = theEmulator();
		const broken = question('a.broken', async () => await Promise.reject(new Error('socket hang up')));
		const good = question('a.good', async () => await Promise.resolve('well'));
		const { report } = await ask(emulator, { questions: only(broken, good) });
		expect(report.rows.map(({ verdict, seen }) => `${verdict}: ${seen}`)).toEqual([
			'no answer: socket hang up',
			'as assumed: well',
		]);
		expect(leadsLeft(emulator)).toEqual([]);
	});

	it('is deleted when the run is ended in the middle of a call, and the rest is not asked', async () => {
		const emulator = theEmulator();
		emulator.zoho.faults.add({ when: { path: '/v4/' }, answer: { kind: 'hang' } });
		let stop: () => void = () => undefined;
		const { report } = await ask(emulator, {
			questions: groups(QUESTIONS, 'versions', 'deleted-record'),
			onStart: (given) => {
				stop = given;
			},
			onQuestion: (name) => {
				// The call that hangs is on its way by the next turn of the event loop.
				if (name === 'versions.v4') setImmediate(stop);
			},
		});
		expect(report.rows.map(({ verdict }) => verdict).slice(0, 3)).toEqual(Array(3).fill('as assumed'));
		expect(report.rows.slice(3).every(({ seen }) => seen === 'the run was ended')).toBe(true);
		expect(report.rows.slice(3).every(({ verdict }) => verdict === 'not asked')).toBe(true);
		expect([report.lead, leadsLeft(emulator)]).toEqual(['deleted', []]);
	});

	it('is found and deleted when it was made and no answer came', async () => {
		const emulator = theEmulator();
		emulator.zoho.faults.add({
			when: { method: 'POST', path: '/Leads', nth: 1 },
			answer: { kind: 'reset', at: 'answer' },
		});
		await expect(ask(emulator)).rejects.toThrow(/^The lead was not made .* nothing is left behind/);
		expect(emulator.zoho.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /crm/v8/Leads',
			'POST /crm/v8/coql',
			'DELETE /crm/v8/Leads',
		]);
		expect(leadsLeft(emulator)).toEqual([]);
	});

	it('is deleted when that is refused at first, or its answer is lost', async () => {
		const emulator = theEmulator();
		const { faults } = emulator.zoho;
		faults.add({
			when: { method: 'DELETE', path: '/Leads', nth: 1 },
			answer: { kind: 'zoho', error: 'internalError' },
		});
		expect((await ask(emulator, { questions: only() })).report.lead).toBe('deleted');
		faults.clear();
		faults.add({ when: { method: 'DELETE', path: '/Leads', nth: 1 }, answer: { kind: 'reset', at: 'answer' } });
		expect((await ask(emulator, { questions: only() })).report.lead).toBe('deleted');
		expect(leadsLeft(emulator)).toEqual([]);
	});

	it('is not made when the run was ended before', async () => {
		const emulator = theEmulator();
		await expect(ask(emulator, { onStart: (stop) => stop() })).rejects.toThrow('ended before it began');
		expect(emulator.zoho.calls).toEqual([]);
	});

	it('has the fields that the org wants of every lead', async () => {
		const emulator = theEmulator();
		let phone: string | undefined;
		const look = question('a.look', async ({ lead }) => {
			phone = emulator.zoho.records.get('Leads', lead.id)?.fields.Phone;
			return await Promise.resolve('well');
		});
		await ask(emulator, { questions: only(look), leadFields: { Phone: '555' } });
		expect(phone).toBe('555');
	});

	it('is not made where Zoho refuses it, and nothing is asked', async () => {
		const emulator = theEmulator();
		emulator.zoho.faults.add({
			when: { method: 'POST', path: '/Leads' },
			answer: { kind: 'zoho', error: 'noPermission' },
		});
		await expect(ask(emulator)).rejects.toThrow('The lead was not made (403 NO_PERMISSION: permission denied)');
		expect(leadsLeft(emulator)).toEqual([]);
	});
});
