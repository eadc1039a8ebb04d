/** The look of the web page. */
export const pageStyle = `
:root { --ink: #1d2433; --soft: #5b6577; --line: #dde1e8; --paper: #fff; --ground: #f4f5f7; --mark: #1b64da; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); margin: 0; }
header, main { max-width: 1180px; margin: 0 auto; padding: 1rem 1.5rem; }
header h1 { font-size: 1.35rem; margin: .6rem 0 .1rem; }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .6rem; }
p { margin: .2rem 0; color: var(--soft); }
code { background: #eceef2; border-radius: 4px; padding: 0 .25rem; font-size: .9em; }
.numbers, .switches { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin-top: .8rem; }
.numbers div { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .5rem .9rem; }
.numbers b { display: block; font-size: 1.3rem; }
.bad b { color: #b3261e; }
.photos { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: .9rem; }
figure { margin: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
figure img, figure .none { width: 100%; height: 170px; object-fit: contain; background: #eceef2; display: block; }
figcaption { padding: .55rem .7rem; font-size: .83rem; overflow-wrap: anywhere; }
figcaption b { font-size: .95rem; }
table { border-collapse: collapse; width: 100%; background: var(--paper); font-size: .85rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
td:nth-child(3), td:last-child { overflow-wrap: anywhere; }
td:first-child, td:nth-child(5) { white-space: nowrap; }
th { color: var(--soft); font-weight: 600; }
.ok { color: #146c43; }
.no { color: #b3261e; }
button, input { font: inherit; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); }
button { padding: .35rem .8rem; cursor: pointer; }
button:hover { border-color: var(--mark); }
label { font-size: .8rem; color: var(--soft); }
input { display: block; width: 7rem; padding: .25rem .4rem; }
`;
