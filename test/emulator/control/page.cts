import { escapeHtml } from '../accounts/consentPage.cts';
import { defaultClient } from '../accounts/clients.cts';
import type { Call } from '../callLog.cts';
import type { ZohoService } from '../zohoService.cts';
import { pageScript } from './pageScript.cts';
import { pageStyle } from './pageStyle.cts';
import { stateOf } from './state.cts';
import type { ImageFacts, PhotoFacts, State } from './wire.cts';

const photosShown = 60;
const callsShown = 40;

function kilobytes(bytes: number): string {
	return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(2)} MB`;
}

function clockTime(ms: number): string {
	return new Date(ms).toISOString().slice(11, 23);
}

function figure(photo: PhotoFacts, keepBytes: boolean): string {
	const place = [photo.module, photo.recordId].map(encodeURIComponent).join('/');
	const address = `/photos/${place}?${photo.sha256.slice(0, 12)}`;
	const picture = keepBytes
		? `<img src="${escapeHtml(address)}" alt="Photo of ${escapeHtml(photo.recordName)}" loading="lazy">`
		: '<div class="none"></div>';
	const times = photo.uploads > 1 ? `, uploaded ${photo.uploads} times` : '';
	return (
		`<figure>${picture}<figcaption><b>${escapeHtml(photo.recordName)}</b><br>${escapeHtml(photo.module)} ` +
		`${escapeHtml(photo.recordId)}<br>${escapeHtml(photo.fileName)}<br>${escapeHtml(photo.mimeType)}, ` +
		`${photo.width} x ${photo.height}, ${kilobytes(photo.size)}${times}<br>` +
		`<code>sha256 ${photo.sha256.slice(0, 16)}</code></figcaption></figure>`
	);
}

function imageFigure(image: ImageFacts): string {
	const address = `/images/${[image.module, image.recordId, image.field, image.id].map(encodeURIComponent).join('/')}`;
	return (
		`<figure><img src="${escapeHtml(address)}" alt="Image of ${escapeHtml(image.recordName)}" loading="lazy">` +
		`<figcaption><b>${escapeHtml(image.recordName)}</b><br>${escapeHtml(image.module)} ${escapeHtml(image.recordId)}<br>` +
		`${escapeHtml(image.field)}: ${escapeHtml(image.fileName)}<br>${escapeHtml(image.mimeType)}, ` +
		`${kilobytes(image.size)}<br><code>sha256 ${image.sha256.slice(0, 16)}</code></figcaption></figure>`
	);
}

function callRow(call: Call): string {
	const isGood = call.status >= 200 && call.status < 300;
	const parts = call.parts.map((part) => `${part.fileName ?? part.name ?? ''} (${kilobytes(part.length)})`).join(', ');
	const notes = [parts, call.reason, call.fault && `fault: ${call.fault}`].filter(Boolean).join('; ');
	const query = new URLSearchParams(call.query).toString();
	return (
		`<tr><td>${clockTime(call.at)}</td><td>${escapeHtml(call.method)}</td><td>${escapeHtml(call.host)}` +
		`${escapeHtml(call.path)}${query ? `?${escapeHtml(query)}` : ''}</td>` +
		`<td class="${isGood ? 'ok' : 'no'}">${call.status || '-'} ${escapeHtml(call.code ?? '')}</td>` +
		`<td>${call.durationMs} ms</td><td>${escapeHtml(notes)}</td></tr>`
	);
}

function number(label: string, value: number, isBad = false): string {
	return `<div${isBad ? ' class="bad"' : ''}><b>${value}</b>${label}</div>`;
}

function button(label: string, command: object): string {
	return `<button data-command="${escapeHtml(JSON.stringify(command))}">${label}</button>`;
}

function numbers(state: State): string {
	return [
		number('records with a photo', state.photos.length),
		number('API calls', state.callCount),
		number('most at one time', state.counters.peakConcurrentCalls),
		number('answers 429', state.counters.tooManyRequests),
		number('token calls', state.tokenCalls.length),
		number('leaked tokens', state.leaks.length, state.leaks.length > 0),
		number('hosts refused', state.refusedHosts.length),
	].join('');
}

function switches(state: State): string {
	return [
		`<label>Calls at a time<input id="concurrency" type="number" min="1" value="${state.limits.concurrency}"></label>`,
		`<label>Answer after (ms)<input id="latency" type="number" min="0" value="${state.limits.latencyMs}"></label>`,
		'<button id="apply">Apply</button>',
		button('Expire all tokens', { command: 'expire-tokens' }),
		button('Revoke all connections', { command: 'revoke-tokens' }),
		button('Next photo call: 429', {
			command: 'add-fault',
			fault: { when: { path: '/photo', times: 1 }, answer: { kind: 'zoho', error: 'tooManyRequests' } },
		}),
		button('Next photo call: reset', {
			command: 'add-fault',
			fault: { when: { path: '/photo', times: 1 }, answer: { kind: 'reset', at: 'body' } },
		}),
		button('Storm over 20 %', { command: 'storm', storm: { share: 0.2 } }),
		button('No faults', { command: 'clear-faults' }),
		button('Clear the log', { command: 'clear-log' }),
		button('Start anew', { command: 'reset' }),
	].join('');
}

/** The page a person looks at: records with their photos, what was called, and the switches. */
export function htmlPage(zoho: ZohoService): string {
	const state = stateOf(zoho);
	const newest = [...state.photos].sort((one, other) => other.storedAt - one.storedAt).slice(0, photosShown);
	const photos = newest.map((photo) => figure(photo, state.keepBytes)).join('');
	const images = state.images.slice(-photosShown).map(imageFigure).join('');
	const calls = zoho.calls.slice(-callsShown).reverse().map(callRow).join('');
	const faults = state.faults.map((one) => `<p>${escapeHtml(one.what)} (played ${one.played} times)</p>`).join('');
	const network = Object.entries(state.network).map(
		([host, fault]) => `<p>${escapeHtml(host)}: ${escapeHtml(fault)}</p>`,
	);
	const more = state.photos.length > photosShown ? `<p>The newest ${photosShown} of ${state.photos.length}.</p>` : '';
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Emulated Zoho CRM</title><style>${pageStyle}</style></head>
<body>
<header>
<h1>Emulated Zoho CRM</h1>
<p>On this machine only. Client ID <code>${defaultClient.clientId}</code>,
client secret <code>${defaultClient.clientSecret}</code>.</p>
<div class="numbers" id="numbers">${numbers(state)}</div>
</header>
<main>
<h2>Records with a photo</h2>
${more}<div class="photos" id="photos">${photos || '<p>None yet.</p>'}</div>
<h2>Images in fields</h2>
<div class="photos" id="images">${images || '<p>None yet.</p>'}</div>
<h2>Switches</h2>
<div class="switches">${switches(state)}</div>
<div id="faults">${faults}${network.join('')}</div>
<h2>Last API calls</h2>
<table>
<thead><tr><th>UTC</th><th>Verb</th><th>Address</th><th>Answer</th><th>Took</th><th>Body and notes</th></tr></thead>
<tbody id="calls">${calls}</tbody>
</table>
</main>
<script>${pageScript}</script>
</body>
</html>`;
}
