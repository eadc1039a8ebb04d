/** A query of the form that the emulator reads: `select a, b from M where f in ('x', 'y') order by g desc limit n`. */
export interface CoqlQuery {
	columns: string[];
	module: string;
	field: string;
	/** Each as written: in quotes or bare. */
	values: Array<{ text: string; isQuoted: boolean }>;
	orderBy?: { field: string; isDescending: boolean };
	limit: number;
}

/** The row count without a `limit` (COQL overview). */
const usualLimit = 200;

/**
 * Splits a query into words, signs and texts in quotes. A quote inside is doubled ("FAQs on COQL API", Kaizen 171).
 * Assumption: a backslash takes the next character as it is.
 * @returns undefined where a text does not end
 */
function tokens(query: string): Array<{ text: string; isQuoted: boolean }> | undefined {
	const found = [];
	const token = /\s*(?:'((?:\\[\s\S]|''|[^'\\])*)'|"((?:\\[\s\S]|""|[^"\\])*)"|(\w+)|([(),=]))/y;
	for (let end = query.trimEnd().length; token.lastIndex < end; ) {
		const match = token.exec(query);
		if (match === null) return undefined;
		const [, single, double, word, sign] = match;
		const quoted = single?.replace(/\\([\s\S])|''/g, (_, escaped: string | undefined) => escaped ?? "'");
		const doubled = double?.replace(/\\([\s\S])|""/g, (_, escaped: string | undefined) => escaped ?? '"');
		const text = quoted ?? doubled;
		found.push({ text: text ?? word ?? sign ?? '', isQuoted: text !== undefined });
	}
	return found;
}

/** Reads a query; undefined where it is none, or of another form than the emulator knows. */
export function readCoql(query: string): CoqlQuery | undefined {
	const rest = tokens(query);
	if (rest === undefined) return undefined;
	const isNext = (word: string): boolean => rest[0]?.isQuoted === false && rest[0].text.toLowerCase() === word;
	const takes = (word: string): boolean => isNext(word) && rest.shift() !== undefined;
	const name = (): string => (/^\w+$/.test(rest[0]?.text ?? '') ? (rest.shift()?.text ?? '') : '');

	if (!takes('select')) return undefined;
	const columns = [name()];
	while (takes(',')) columns.push(name());
	if (columns.includes('') || !takes('from')) return undefined;
	const module = name();
	if (!takes('where')) return undefined;
	const field = name();
	const values: CoqlQuery['values'] = [];
	if (takes('=')) values.push(...rest.splice(0, 1));
	else {
		if (!takes('in') || !takes('(')) return undefined;
		do values.push(...rest.splice(0, 1));
		while (takes(','));
		if (!takes(')')) return undefined;
	}
	const isSign = ({ text, isQuoted }: { text: string; isQuoted: boolean }): boolean =>
		!isQuoted && /^[(),=]$/.test(text);
	if (module === '' || field === '' || values.length === 0 || values.some(isSign)) return undefined;
	let orderBy: CoqlQuery['orderBy'];
	if (takes('order')) {
		if (!takes('by')) return undefined;
		orderBy = { field: name(), isDescending: takes('desc') };
		takes('asc');
	}
	const limit = takes('limit') ? Number(name()) : usualLimit;
	return rest.length === 0 && Number.isInteger(limit) ? { columns, module, field, values, orderBy, limit } : undefined;
}
