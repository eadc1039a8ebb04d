/** Values that `in` takes at most ("Query API - Limitations", v2 to v8). */
export const MOST_VALUES = 50;
/** Rows that a query gives for one credit ("Query API - An Overview"). */
export const MOST_ROWS = 200;

/**
 * A text as COQL takes it, in quotes that its content cannot end.
 *
 * COQL takes either kind of quotes, so those are used that the text does not have. A text with both has its double quotes
 * doubled, as Zoho's "FAQs on COQL API" (Kaizen 171) says. Nobody says what a backslash does: doubled it ends no quotes,
 * whether it escapes or not.
 */
export function literal(text: string): string {
	const whole = text.replaceAll('\\', '\\\\');
	return whole.includes("'") ? `"${whole.replaceAll('"', '""')}"` : `'${whole}'`;
}

/** A query for the records of a module of which a field has one of some values. */
export interface Query {
	/** API names of the module and the fields: letters, digits and underscores, which the caller has checked. */
	module: string;
	fields: readonly string[];
	field: string;
	/** As COQL takes them, {@link MOST_VALUES} at most. */
	literals: readonly string[];
}

/** The query in words: the records that were changed last come first. */
export function queryText({ module, fields, field, literals }: Query): string {
	return `select ${fields.join(', ')} from ${module} where ${field} in (${literals.join(', ')}) order by Modified_Time desc limit ${MOST_ROWS}`;
}
