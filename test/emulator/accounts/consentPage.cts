import type { Org } from '../crm/orgs.cts';

/** Makes text safe inside HTML and HTML attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; background: #f4f5f7; color: #1d2433; margin: 0; }
main { max-width: 34rem; margin: 3rem auto; padding: 2rem; background: #fff; }
main { border: 1px solid #d9dde5; border-radius: 10px; }
h1 { font-size: 1.3rem; margin: 0 0 1rem; }
code { background: #eef0f4; border-radius: 4px; padding: .1rem .3rem; font-size: .85em; }
label { display: block; padding: .3rem 0; }
button { font: inherit; padding: .5rem 1.4rem; border-radius: 6px; border: 1px solid #1b64da; cursor: pointer; }
button { background: #1b64da; color: #fff; }
button.reject { background: #fff; color: #1d2433; border-color: #aab2c0; }
small { color: #5b6577; }
`;

function page(title: string, content: string): string {
	return (
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
		`<style>${style}</style></head><body><main>${content}</main></body></html>`
	);
}

/** What the consent page shows. */
export interface ConsentRequest {
	/** The page's own number of this request. */
	id: string;
	clientId: string;
	scopes: readonly string[];
	/** Orgs to choose from; the first is chosen beforehand. */
	orgs: readonly Org[];
}

/** The page on which a person chooses an org and accepts or rejects. */
export function consentPage(request: ConsentRequest): string {
	const choices = request.orgs
		.map(
			(org, place) =>
				`<label><input type="radio" name="org" value="${org.id}"${place === 0 ? ' checked' : ''}> ` +
				`${escapeHtml(org.name)} <small>${org.dataCenter.location.toUpperCase()}, ${org.environment}</small></label>`,
		)
		.join('');
	const scopes = request.scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('');
	return page(
		'Zoho accounts (emulated)',
		`<h1>An app wants to use your Zoho CRM</h1>
<p>Client <code>${escapeHtml(request.clientId)}</code> asks for:</p>
<ul>${scopes}</ul>
<form method="get" action="/oauth/v2/approve">
<input type="hidden" name="request" value="${request.id}">
<p>Organization:</p>
${choices}
<p><button type="submit" name="answer" value="accept" id="accept">Accept</button>
<button type="submit" name="answer" value="reject" id="reject" class="reject">Reject</button></p>
</form>
<p><small>This is an emulation on your own machine, not Zoho.</small></p>`,
	);
}

/** The page shown instead of a consent page when the request is wrong. */
export function refusedConsentPage(word: string, explanation: string): string {
	return page('Zoho accounts (emulated)', `<h1>${escapeHtml(word)}</h1><p>${escapeHtml(explanation)}</p>`);
}

/**
 * The path that pressing Accept (or Reject) on a consent page leads to: for tests that have no browser.
 * @param html the page
 * @param choice `org`: an org's id; default: the one chosen beforehand. `answer`: default `accept`
 * @throws Error when the page has no such form
 */
export function pathOfConsent(html: string, choice: { org?: string; answer?: 'accept' | 'reject' } = {}): string {
	const action = /<form method="get" action="([^"]+)"/.exec(html)?.[1];
	const request = /name="request" value="([^"]+)"/.exec(html)?.[1];
	const org = choice.org ?? /name="org" value="([^"]+)" checked/.exec(html)?.[1];
	if (!action || !request || !org) throw new Error('This is not a consent page');
	return `${action}?${new URLSearchParams({ request, org, answer: choice.answer ?? 'accept' }).toString()}`;
}
