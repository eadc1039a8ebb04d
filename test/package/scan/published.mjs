/**
 * n8n's scan of a published version, with its verdict as the exit code: the scan's own command ends with 0 even when it
 * refuses the package.
 *
 * Usage: node published.mjs <package> <version>
 */
import { analyzePackageByName } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [name, version] = process.argv.slice(2);
const { passed, message, details } = await analyzePackageByName(name, version);
console.log(passed ? `${name}@${version} passed` : `${name}@${version} was refused: ${message}\n${details ?? ''}`);
process.exitCode = passed ? 0 : 1;
