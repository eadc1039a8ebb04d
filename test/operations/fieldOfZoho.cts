import type { IHttpRequestOptions } from 'n8n-workflow';

import { zohoAnswer } from '../run/execution.cts';

/** An entry of an image field as Zoho gives it. */
export interface Entry {
	id: string;
	File_Name__s: string;
	Size__s?: string | number;
	Sequence_Number__s?: number;
}

/** One image field of one record, in the place of Zoho: what it answers, and what it holds. */
export class FieldOfZoho {
	entries: Entry[] = [];
	/** The verbs and paths that were called, e.g. `PUT /Leads/7`. */
	readonly called: string[] = [];
	/** The bodies of updates. */
	readonly updates: unknown[] = [];
	/** Whether entries tell their size. */
	tellsSize = true;
	/** What is answered to calls instead, by the verb and the beginning of the path; each once, in order. */
	readonly instead: Array<{ to: string; answer: () => unknown; isDone?: boolean }> = [];
	private readonly files = new Map<string, { name: string; size: number }>();
	private count = 0;

	/** Puts an image there. */
	hold(fileName: string, size = 10): string {
		const id = String(++this.count);
		this.entries.push({ id, File_Name__s: fileName, ...(this.tellsSize && { Size__s: String(size) }) });
		return id;
	}

	/** Answers a request as Zoho would. */
	readonly answer = async (options: IHttpRequestOptions): Promise<unknown> => {
		const path = new URL(options.url).pathname.replace('/crm/v8', '');
		const call = `${options.method ?? 'GET'} ${path}`;
		this.called.push(call);
		const place = this.instead.findIndex(({ to }) => call.startsWith(to));
		const [other] = place < 0 ? [] : this.instead.splice(place, 1);
		const answer = other === undefined || other.isDone === true ? await this.served(call, path, options) : undefined;
		return other === undefined ? answer : other.answer();
	};

	private async served(call: string, path: string, { body }: IHttpRequestOptions): Promise<unknown> {
		if (path === '/settings/fields') {
			return zohoAnswer(200, { fields: [{ api_name: 'Views', data_type: 'imageupload', length: 4 }] });
		}
		if (path === '/files' && body instanceof Blob) return this.take(await body.text());
		if (call.startsWith('PUT') && body instanceof Blob) return this.update(JSON.parse(await body.text()));
		if (path.endsWith('download_fields_attachment')) return zohoAnswer(200, Buffer.from('a file\0'));
		return zohoAnswer(200, { data: [{ id: '7', Views: this.entries.length === 0 ? null : this.entries }] });
	}

	private take(form: string): object {
		const name = /filename="([^"]*)"/.exec(form)?.[1] ?? '';
		const id = `file-${name}-${this.files.size}`;
		this.files.set(id, { name, size: this.files.size + 100 });
		return zohoAnswer(200, { data: [{ code: 'SUCCESS', details: { name, id }, message: 'ok', status: 'success' }] });
	}

	private update(sent: unknown): object {
		this.updates.push(sent);
		const [row] = Array.isArray(Object(sent).data) ? Object(sent).data : [];
		for (const entry of Object(row).Views) {
			if ('_delete' in entry) this.entries = this.entries.filter(({ id }) => id !== entry.id);
			else this.hold(this.files.get(entry.File_Id__s)?.name ?? '', this.files.get(entry.File_Id__s)?.size);
		}
		return zohoAnswer(200, {
			data: [{ code: 'SUCCESS', details: { id: '7' }, message: 'record updated', status: 'success' }],
		});
	}
}
