/** Fields that hold phone numbers, by their API names (Phone, Mobile, Home_Phone, Asst_Phone, Fax and the like). */
const PHONE_FIELD = /phone|mobile|fax/i;
/** Digits from which on a text in such a field is surely a number: shorter ones are extensions. */
const SHORTEST_PHONE = 7;

/**
 * A value in the form in which two are compared: without regard to case and to spaces around it, and phone numbers by
 * their digits alone.
 *
 * @param field API name of the field that holds it
 */
export function comparable(field: string, value: string): string {
	return phoneOf(field, value)?.replace('+', '') ?? value.normalize('NFC').trim().toLowerCase();
}

/**
 * The texts to ask Zoho for, so that it finds a value however it is written: a phone number as it was given and as bare
 * digits, as Zoho compares what is stored letter by letter.
 */
export function writings(field: string, value: string): string[] {
	const phone = phoneOf(field, value);
	if (phone === undefined) return [value];
	const bare = phone.replace('+', '');
	return [...new Set([value, ...(phone === bare ? [bare] : [phone, bare])])];
}

/** A phone number's digits, with a plus in front where it has its country's code; undefined for what is none for sure. */
function phoneOf(field: string, value: string): string | undefined {
	if (!PHONE_FIELD.test(field) || !/^[\s\d()+./-]+$/.test(value)) return undefined;
	const number = value.replace(/[^\d+]/g, '').replace(/^00/, '+');
	return /^\+?\d+$/.test(number) && number.length >= SHORTEST_PHONE ? number : undefined;
}

/** Characters that the longest field of one line holds, one for a URL (Zoho's limits of custom fields). */
const LONGEST_VALUE = 450;

/** Whether a field that queries compare can hold a value: one line, not too long. No call need be made for any other. */
export function canBeHeld(value: string): boolean {
	return value.length <= LONGEST_VALUE && !/[\p{Cc}\u2028\u2029]/u.test(value);
}
