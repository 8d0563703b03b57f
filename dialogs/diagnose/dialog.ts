import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { ReminderDue } from '../../src/domain/reminder.ts';
import { remindMe, TopicDialog } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { COME_BACK, type ComeBackOptions, comeBack } from './come-back.ts';
import { FIND, type FindOptions, find } from './find.ts';
import { GO_ON, type GoOnOptions, goOn } from './go-on.ts';

/** Nothing = why unbinding fails is looked up. */
interface DiagnoseValues {
  /** A topic that the plan had led to has ended like this. */
  ended?: Outcome;
  worked?: GoOnOptions['worked'];
  /** The plan is taken up again. */
  back?: ComeBackOptions['back'];
  due?: ReminderDue;
  /** The card to look at, when another topic knows which. */
  cardId?: string;
}

/** 诊断: why unbinding fails, what has to be solved in which order, and one after the other until nothing is left. */
export function diagnose(services: Services): TopicDialog {
  async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { ended, worked, back, due, cardId } = step.values as DiagnoseValues;
    if (ended && worked) return step.beginDialog(GO_ON, { ended, worked } satisfies GoOnOptions);
    if (back) return step.beginDialog(COME_BACK, { back, ...(due && { due }) } satisfies ComeBackOptions);
    return step.beginDialog(FIND, (cardId ? { cardId } : {}) satisfies FindOptions);
  }

  return new TopicDialog(
    'diagnose',
    2,
    [begin, (step) => step.endDialog(step.result)],
    [find(services), goOn(services), comeBack(services), remindMe(services)],
  );
}
