/** What the web page does: sends the commands behind its buttons, and brings its lists up to date every two seconds. */
export const pageScript = `
const send = async (command) => {
	const headers = { 'content-type': 'application/json' };
	const answer = await fetch('/control', { method: 'POST', headers, body: JSON.stringify(command) });
	if (!answer.ok) alert(await answer.text());
	location.reload();
};
for (const button of document.querySelectorAll('button[data-command]')) {
	button.onclick = () => send(JSON.parse(button.dataset.command));
}
const number = (id) => Number(document.getElementById(id).value);
document.getElementById('apply').onclick = () =>
	send({ command: 'set-limits', limits: { concurrency: number('concurrency'), latencyMs: number('latency') } });
setInterval(async () => {
	const html = await (await fetch('/')).text();
	const fresh = new DOMParser().parseFromString(html, 'text/html');
	for (const id of ['numbers', 'photos', 'images', 'calls', 'faults']) {
		const shown = document.getElementById(id);
		const newer = fresh.getElementById(id);
		if (shown.innerHTML !== newer.innerHTML) shown.innerHTML = newer.innerHTML;
	}
}, 2000);
`;
