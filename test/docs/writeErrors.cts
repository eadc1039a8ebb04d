import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { errorsPage } from './errorsPage.cts';

writeFileSync(path.join(__dirname, '../../docs/errors.md'), errorsPage());
