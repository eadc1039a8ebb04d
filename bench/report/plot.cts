/** One bar of a panel. */
export interface Bar {
	name: string;
	/** Its length, on the panel's scale; undefined: the subject cannot do this. */
	value: number | undefined;
	/** What stands at its end. */
	label: string;
	/** `ours`: this project's node; `other`; `poor`: not all photos were stored. */
	look: 'ours' | 'other' | 'poor';
}

/** Bars under one headline. */
export interface Panel {
	title: string;
	/** A second, smaller line. */
	subtitle: string;
	bars: readonly Bar[];
	/** The full length of the scale. */
	most: number;
	/** A mark on the scale that is to be reached or not to be passed. */
	mark?: { at: number; label: string };
}

const COLUMNS = 3;
const PANEL = { width: 340, top: 66, row: 26, gap: 24 };
const NAMES = 180;
const BAR = 17;
/** Room for the label at the end of the longest bar. */
const LABEL = 140;
const COLORS: Record<Bar['look'], string> = { ours: '#2563eb', other: '#94a3b8', poor: '#dc2626' };

/**
 * Panels of bars side by side, as SVG: the subjects' names at the left of each row of panels, the same order everywhere.
 * On white, so that it reads in a dark page too.
 */
export function plot(title: string, note: string, panels: readonly Panel[]): string {
	const bars = Math.max(...panels.map((panel) => panel.bars.length));
	const height = PANEL.top + bars * PANEL.row + PANEL.gap;
	const rows = Math.ceil(panels.length / COLUMNS);
	const width = NAMES + COLUMNS * PANEL.width + 20;
	const total = 56 + rows * height + 26;
	const parts = panels.map((panel, index) => {
		const x = NAMES + 10 + (index % COLUMNS) * PANEL.width;
		const y = 56 + Math.floor(index / COLUMNS) * height;
		return drawPanel(panel, x, y, index % COLUMNS === 0);
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img"`,
		`	aria-label="${escaped(title)}" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">`,
		`<rect width="${width}" height="${total}" rx="8" fill="#ffffff"/>`,
		text(20, 34, title, 'font-size="18" font-weight="700" fill="#0f172a"'),
		...parts,
		text(20, total - 16, note, 'font-size="12" fill="#64748b"'),
		'</svg>',
		'',
	].join('\n');
}

function drawPanel(panel: Panel, x: number, y: number, withNames: boolean): string {
	const scale = (PANEL.width - LABEL) / panel.most;
	const lines = [
		text(x, y + 20, panel.title, 'font-size="14" font-weight="600" fill="#0f172a"'),
		text(x, y + 38, panel.subtitle, 'font-size="12" fill="#64748b"'),
	];
	// Last, so that the mark does not strike them through.
	const labels: string[] = [];
	const bottom = y + PANEL.top + panel.bars.length * PANEL.row;
	panel.bars.forEach(({ name, value, label, look }, index) => {
		const at = y + PANEL.top + index * PANEL.row;
		const weight = look === 'ours' || (name === panel.bars[0]?.name && withNames) ? '600' : '400';
		if (withNames) lines.push(text(x - 12, at + 13, name, `text-anchor="end" fill="#0f172a" font-weight="${weight}"`));
		const length = Math.max(value === undefined ? 0 : 2, Math.min(value ?? 0, panel.most) * scale);
		if (value !== undefined) {
			lines.push(
				`<rect x="${x}" y="${at}" width="${length.toFixed(1)}" height="${BAR}" rx="2" fill="${COLORS[look]}"/>`,
			);
		}
		const color = look === 'poor' ? COLORS.poor : value === undefined ? '#94a3b8' : '#0f172a';
		const halo = 'paint-order="stroke" stroke="#ffffff" stroke-width="4"';
		labels.push(text(x + length + 6, at + 13, label, `fill="${color}" font-weight="${weight}" ${halo}`));
	});
	if (panel.mark !== undefined) {
		const at = (x + panel.mark.at * scale).toFixed(1);
		lines.push(
			`<line x1="${at}" y1="${y + PANEL.top - 6}" x2="${at}" y2="${bottom - 4}" stroke="#0f172a" stroke-dasharray="3 3"/>`,
			text(Number(at), y + PANEL.top - 10, panel.mark.label, 'font-size="11" text-anchor="middle" fill="#334155"'),
		);
	}
	return [...lines, ...labels].join('\n');
}

function text(x: number, y: number, content: string, attributes: string): string {
	return `<text x="${x.toFixed(1)}" y="${y}" ${attributes}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
	return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
