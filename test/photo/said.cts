import { examinePhoto, isOpen } from '../../nodes/ZohoCrmPhoto/photo/examine';
import { inspectPhoto, type Inspection } from '../../nodes/ZohoCrmPhoto/photo/inspect';

/** The verdict on a file, looked through where it is open without that. */
export async function examined(bytes: Buffer): Promise<Inspection> {
	const inspection = inspectPhoto(bytes);
	return isOpen(inspection, bytes) ? await examinePhoto(inspection, bytes, async () => {}) : inspection;
}

/** What is said of a file: "whole", or the refusal's message. */
export async function said(bytes: Buffer): Promise<string> {
	const inspection = await examined(bytes);
	return inspection.ok ? 'whole' : inspection.refusal.message;
}
