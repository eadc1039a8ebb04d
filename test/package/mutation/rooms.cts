/**
 * The tests of the rooms under mutation as one test file: Stryker runs all that cover a change for each change, and what
 * they load is loaded once this way, and not once for each file of them.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';

const TESTS = path.join(__dirname, '..', '..');

/** Tests that measure time: instrumented code has none to spare. */
const TIMED = ['hostile.test.cts'];

/** Rooms of rooms that take part; the pictures' samples (photo/fit, photo/encode) are compared within a tolerance. */
const ROOMS = ['network', 'photo', 'zoho', 'zoho/account', 'zoho/answers', 'zoho/calls', 'zoho/records'];

for (const room of ROOMS) {
	for (const file of readdirSync(path.join(TESTS, room))) {
		if (!file.endsWith('.test.cts') || TIMED.includes(file)) continue;
		// A group keeps the hooks of a file, such as those that set the clock, to its own tests.
		describe(`${room}/${file}`, () => {
			require(path.join(TESTS, room, file));
		});
	}
}
