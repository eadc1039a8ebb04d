import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { commandShape } from './control/commands.cts';
import { conditionNames, conditions } from './crm/magicRecords.cts';
import { networkFaultKinds } from './network/networkFaults.cts';

const text = readFileSync(join(__dirname, '../../docs/emulator.md'), 'utf8');

describe('docs/emulator.md', () => {
	it.each(conditionNames)('has the row of the magic record "%s"', (name) => {
		const { suffix, methods, error } = conditions[name];
		const { status, code, message } = error(methods[0] ?? 'POST');
		const verbs = methods.length === 3 ? 'all' : methods.join(', ');
		expect(text).toContain(`| \`${suffix}\` | \`${name}\` | ${verbs} | ${status} ${code} | ${message} |`);
	});

	it('names every command and every fault of the network', () => {
		const commands = commandShape.options.map((option) => option.shape.command.value);
		for (const word of [...commands, ...networkFaultKinds]) expect(text).toContain(`\`${word}\``);
	});
});
