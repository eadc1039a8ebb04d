import { decoded, nameFromDisposition } from '../../nodes/ZohoCrmPhoto/source/contentDisposition';

describe('nameFromDisposition', () => {
	it.each([
		['', ''],
		['inline', ''],
		['attachment; filename=ada.jpg', 'ada.jpg'],
		['attachment;FILENAME = ada.jpg ; size=3', 'ada.jpg'],
		['attachment; filename="ada l.jpg"', 'ada l.jpg'],
		['attachment; filename=ada l.jpg ; size=3', 'ada l.jpg'],
		['attachment; filename="a\\"b\\\\c.jpg"', 'a"b\\c.jpg'],
		['attachment; filename=""', ''],
		[Buffer.from('attachment; filename="Zoë 山田.jpg"').toString('latin1'), 'Zoë 山田.jpg'],
		[Buffer.from('attachment; filename=Zoë.jpg').toString('latin1'), 'Zoë.jpg'],
		['attachment; filename="Zo\xeb.jpg"', 'Zoë.jpg'],
		['attachment; filename="山田.jpg"', '山田.jpg'],
		["attachment; filename*=UTF-8''Zo%C3%AB.jpg", 'Zoë.jpg'],
		["attachment; filename*=utf-8'de'Zo%C3%AB.jpg; filename=zoe.jpg", 'Zoë.jpg'],
		["attachment; filename=zoe.jpg; filename*=UTF-8''Zo%C3%AB.jpg", 'Zoë.jpg'],
		["attachment; filename*=UTF-8''100%.jpg", '100%.jpg'],
		["attachment; filename*=ISO-8859-1''Zo%EB.jpg; filename=y.jpg", 'Zoë.jpg'],
		["attachment; filename*=iso-8859-1'en'%A3%20rates.jpg", '£ rates.jpg'],
		["attachment; filename*=windows-1251''%F4%EE%F2%EE.jpg", 'фото.jpg'],
		["attachment; filename*=x-none''x.jpg; filename=y.jpg", 'y.jpg'],
	])('reads %j as %j', (header, name) => expect(nameFromDisposition(header)).toBe(name));

	it('takes time in proportion to the header, however it is made', () => {
		const begun = process.cpuUsage();
		nameFromDisposition(`attachment; filename="${'\\'.repeat(100_001)}`);
		nameFromDisposition(`attachment; ${'filename='.repeat(20_000)}`);
		nameFromDisposition(`attachment; filename${' '.repeat(100_000)}`);
		expect(process.cpuUsage(begun).user / 1000).toBeLessThan(5000);
	});
});

describe('decoded', () => {
	it.each([
		['a%20b', 'a b'],
		['100%', '100%'],
		['%E5', '%E5'],
	])('makes %j to %j', (text, plain) => expect(decoded(text)).toBe(plain));
});
