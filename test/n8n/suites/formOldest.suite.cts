import { describeForm } from '../form.cts';
import { OLDEST } from '../install/versions.cts';

describeForm(OLDEST);
