import { canBeHeld, comparable, writings } from '../../../nodes/ZohoCrmPhoto/zoho/records/comparing';

it.each([
	['Email', ' Ada@Example.COM ', 'ada@example.com'],
	['Last_Name', 'Mu\u0308ller', 'm\u00fcller'],
	['Product_Code', '0049 123 4567', '0049 123 4567'],
	['Phone', '+49 (30) 123-4567', '49301234567'],
	['Mobile', '0049/30/1234567', '49301234567'],
	['Home_Phone', '030 1234567', '0301234567'],
	['Phone', '12', '12'],
	['Phone', '1234567 ext. 8', '1234567 ext. 8'],
	['Phone', '++1234567', '++1234567'],
])('in %s %j is compared as %j', (field, value, form) => expect(comparable(field, value)).toBe(form));

it.each([
	['Email', 'Ada@Example.com', ['Ada@Example.com']],
	['Phone', '+49 30 1234567', ['+49 30 1234567', '+49301234567', '49301234567']],
	['Phone', '0301234567', ['0301234567']],
	['Phone', '(030) 1234567', ['(030) 1234567', '0301234567']],
])('in %s %j is asked for as %j', (field, value, texts) => expect(writings(field, value)).toEqual(texts));

it.each([
	['a'.repeat(450), true],
	['a'.repeat(451), false],
	['a\nb', false],
	['a\tb', false],
	['a\u2028b', false],
	['\u0000', false],
	['🙂', true],
])('%j can be in a field of one line: %j', (value, can) => expect(canBeHeld(value)).toBe(can));
