import { describeForm } from '../form.cts';
import { CURRENT } from '../install/versions.cts';

describeForm(CURRENT);
