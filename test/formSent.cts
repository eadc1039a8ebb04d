/**
 * Reads a request's body as a server would: a form, by the platform's own parser. To be called while the request is under
 * way, as n8n reads it: afterwards the form has given its file back.
 */
export async function formSent(body: unknown): Promise<FormData> {
	if (!(body instanceof Blob)) throw new Error('The body is no form.');
	return await new Response(body.stream(), { headers: { 'content-type': body.type } }).formData();
}
