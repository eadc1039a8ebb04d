import { rootElement } from '../../nodes/ZohoCrmPhoto/photo/recognise/markup';

test.each([
	['<svg>', 'svg'],
	['<SVG width="1"/>', 'svg'],
	['<svg:svg>', 'svg'],
	['<my.ns-1:plist>', 'plist'],
	['<_odd.name-1>', '_odd.name-1'],
	['<?xml version="1.0"?><svg>', 'svg'],
	['<?php if (a > b) ?><html>', 'html'],
	['<?php echo "<b>" ?><html>', 'html'],
	['<!-- a <b> c --><svg>', 'svg'],
	['<!-- a > <b> --><svg>', 'svg'],
	['<!-- 1 --><!-- 2 --> <?x?><a>', 'a'],
	['<!DOCTYPE html><title>', 'html'],
	['<!doctype HTML PUBLIC "-//W3C//DTD">', 'html'],
	['<!DOCTYPE svg PUBLIC "x" "y"><svg>', 'svg'],
	['<!DOCTYPE svg [ <!ENTITY ns "http://x"> <!ENTITY b "c"> ]><svg>', 'svg'],
	['<!DOCTYPE svg [ <!ENTITY a "x>y<i>"> ]><svg>', 'svg'],
	['<!DOCTYPE svg [ <!ENTITY ns "http://x"> ]', undefined],
	['<!DOCTYPE svg [ <!ENTITY ns "x"> <svg>', undefined],
	['<!DOCTYPE svg [ <!ENTITY ns "x"> ', undefined],
	['<!DOCTYPE svg', undefined],
	['<!-- <!doctype html> --><x>', 'x'],
	['<!-- open <svg>', undefined],
	['<?xml open', undefined],
	['<1>', undefined],
	['<1><svg>', undefined],
	['<svg><!doctype html>', 'svg'],
	['<', undefined],
	['', undefined],
])('%j begins with %s', (text, name) => {
	expect(rootElement(text)).toBe(name);
});
