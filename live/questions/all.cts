import { accessQuestions } from './access.cts';
import { accountQuestions } from './account.cts';
import { deletedRecordQuestions } from './deletedRecord.cts';
import { downloadQuestions } from './download.cts';
import { fileNameQuestions } from './fileNames.cts';
import { formQuestions } from './form.cts';
import { imageFieldQuestions } from './imageFields.cts';
import { kindQuestions } from './kinds.cts';
import { moduleQuestions } from './modules.cts';
import { otherKindQuestions } from './otherKinds.cts';
import { photoQuestions } from './photo.cts';
import { queryQuestions } from './queries.cts';
import type { Question } from './question.cts';
import { recordIdQuestions } from './recordIds.cts';
import { earlyRecordImageQuestions, recordImageQuestions } from './recordImage.cts';
import { refusalQuestions } from './refusals.cts';
import { earlySearchQuestions, lateSearchQuestions } from './search.cts';
import { sizeQuestions } from './sizes.cts';
import { tooManyQuestions } from './tooMany.cts';
import { triggerQuestions } from './triggers.cts';
import { versionQuestions } from './versions.cts';

/** Questions in the order in which they are asked. */
export interface Questions {
	/** While the lead is there. */
	withLead: readonly Question[];
	/** Once it is deleted. */
	afterwards: readonly Question[];
}

/** All of them. */
export const QUESTIONS: Questions = {
	withLead: [
		// What must come right after the lead was made, and before it has a photo.
		...earlySearchQuestions,
		...queryQuestions,
		...earlyRecordImageQuestions,
		...triggerQuestions,
		...recordImageQuestions,
		...accountQuestions,
		...accessQuestions,
		...photoQuestions,
		...versionQuestions,
		...kindQuestions,
		...downloadQuestions,
		...otherKindQuestions,
		...sizeQuestions,
		...formQuestions,
		...fileNameQuestions,
		...recordIdQuestions,
		...refusalQuestions,
		...moduleQuestions,
		...imageFieldQuestions,
		...lateSearchQuestions,
		...tooManyQuestions,
	],
	afterwards: deletedRecordQuestions,
};
