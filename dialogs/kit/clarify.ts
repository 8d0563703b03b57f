import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent, RankedIntent } from '../../src/domain/intent.ts';
import type { Answer, Choice } from './question.ts';
import { ask } from './question-prompt.ts';
import { say } from './say.ts';
import { finish, type Goto, goTo, goToIntent, TopicDialog } from './topic-dialog.ts';

/** What the customer may have meant, best first. Without any, a person is offered. */
interface ClarifyOptions {
  intents: Intent[];
}

/** Nobody asks about these: a greeting is no question, and nothing is open that could be stopped. */
const NOT_ASKED_ABOUT: readonly Intent[] = [
  'greet',
  'thanks',
  'goodbye',
  'cancel',
  'restart',
  'out_of_scope',
];

/** What is less likely is read for nothing: on the development set it is never what was meant. */
const LEAST = 0.03;

/** Opens the question 「您是想问…」 with the likeliest intents; undefined when none of them is a question. */
export function clarifyBetween(ranking: RankedIntent[]): Goto | undefined {
  const intents = ranking
    .filter(({ intent, confidence }) => confidence >= LEAST && !NOT_ASKED_ABOUT.includes(intent))
    .map(({ intent }) => intent);
  if (intents.length === 0) return undefined;
  return { goto: 'clarify', options: { intents } satisfies ClarifyOptions };
}

/** Opens the offer of a person, after the customer was not understood twice. */
export function offerPerson(): Goto {
  return { goto: 'clarify', options: { intents: [] } satisfies ClarifyOptions };
}

async function question(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { intents } = step.options as ClarifyOptions;
  if (intents.length === 0) {
    return ask(step, {
      kind: 'yes-no',
      key: 'common.offerPerson',
      yes: 'common.toHuman',
      no: 'common.notNow',
    });
  }
  const choices: Choice[] = intents.map((intent) => ({ value: intent, key: `intents.${intent}` as TextKey }));
  choices.push({ value: 'none', key: 'common.noneOfThese' });
  return ask(step, { kind: 'choice', key: 'common.didYouMean', choices });
}

async function choose(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  if (answer.kind === 'yes-no' && answer.yes) return goTo(step, 'handoff');
  if (answer.kind === 'choice' && answer.value !== 'none') {
    return goToIntent(step, answer.value as Intent);
  }
  await say(step.context, 'common.sayItOtherwise');
  return finish(step, 'left');
}

/** 「您是想问:1… 2… 3… 4 以上都不是」 */
export function clarify(): TopicDialog {
  return new TopicDialog('clarify', 1, [question, choose]);
}
