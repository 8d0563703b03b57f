import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Case, CaseState } from '../../src/domain/case.ts';
import {
  type Answer,
  asides,
  ask,
  type Choice,
  goTo,
  goToIntent,
  ownerOf,
  type Step,
  saidIn,
  turnOf,
  UNDECIDED,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { isTalk, kindName } from './lines.ts';

interface FindValues {
  /** Internal id of the case that is talked about. */
  caseId?: string | undefined;
  /** The last message held no number, or a wrong one. */
  missed?: 'no-number' | 'unknown-number';
}

const DECIDED: readonly CaseState[] = ['approved', 'rejected'];

/** A list on a phone: more would not be read. */
const MOST = 5;

const INSTEAD: Choice[] = [
  { value: 'diagnose', key: 'case-status.findCause' },
  { value: 'human', key: 'common.toHuman' },
];

/** Reviews that go on, or else the one decided last; and talks with a person that somebody waits for. */
function likelyMeant(own: Case[]): Case[] {
  const waiting = own.filter(({ state }) => UNDECIDED.includes(state));
  const reviews = waiting.filter(({ kind }) => !isTalk(kind));
  const decided = own.filter(({ kind, state }) => !isTalk(kind) && DECIDED.includes(state)).slice(0, 1);
  return [...(reviews.length > 0 ? reviews : decided), ...waiting.filter(({ kind }) => isTalk(kind))];
}

const HOW_LONG = asides([[/几天|多久|多长时间|什么时候|啥时候|how long/u, 'case-status.timeUnknown']]);

function askNumber(step: WaterfallStepContext, key: TextKey): Promise<DialogTurnResult> {
  return ask(step, { kind: 'text', key, choices: INSTEAD, verbatim: true, asides: HOW_LONG });
}

/** The steps that find the case: by id, by the number in the message, among the owner's, or by asking. */
export function findSteps(services: Services): Step[] {
  async function search(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as FindValues;
    if (values.caseId) return step.next();
    if (values.missed === 'unknown-number') return askNumber(step, 'case-status.unknownNumber');
    if (values.missed === 'no-number') return askNumber(step, 'case-status.numberAgain');
    const number = turnOf(step.context).understanding?.entities.caseId;
    if (number) {
      // Somebody else's number and one that does not exist are the same to whoever asks.
      values.caseId = (await services.cases.findByNumber(number, ownerOf(step)))?.id;
      return values.caseId ? step.next() : askNumber(step, 'case-status.unknownNumber');
    }
    const own = await services.cases.list(ownerOf(step));
    const meant = likelyMeant(own);
    if (meant.length > 1) return askWhich(step, meant.slice(0, MOST));
    values.caseId = (meant[0] ?? own[0])?.id;
    return values.caseId ? step.next() : askNumber(step, 'case-status.noCase');
  }

  function askWhich(step: WaterfallStepContext, cases: Case[]): Promise<DialogTurnResult> {
    const choices = cases.map(({ id, kind, number = '' }): Choice => {
      return { value: id, key: 'case-status.case', slots: { kind: kindName(kind), number } };
    });
    return ask(step, {
      kind: 'choice',
      key: 'case-status.whichCase',
      slots: { count: cases.length },
      choices,
    });
  }

  async function readNumber(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as FindValues;
    const answer = step.result as Answer | undefined;
    if (answer?.kind === 'choice') values.caseId = answer.value;
    if (answer?.kind !== 'text') return step.next();
    if (answer.value === 'diagnose') return goTo(step, 'diagnose');
    if (answer.value === 'human') return goTo(step, 'handoff', { reason: 'case_status' });
    const { understanding } = turnOf(step.context);
    const number = understanding?.entities.caseId;
    if (number) {
      values.caseId = (await services.cases.findByNumber(number, ownerOf(step)))?.id;
      return values.caseId ? step.next() : goTo(step, 'case-status', { missed: 'unknown-number' });
    }
    if (
      /[忘丢找记].*[号码]|[号码].*[忘丢找记]|(?:forgot|lost|cant find|dont have).*number|number.*(?:lost|forgot)/u.test(
        saidIn(step),
      )
    )
      return goTo(step, 'case-status', { missed: 'no-number' });
    const intent = understanding?.decision === 'accept' ? understanding.intent : undefined;
    if (intent && intent !== 'case_status' && intent !== 'out_of_scope') return goToIntent(step, intent);
    return goTo(step, 'case-status', { missed: 'no-number' });
  }

  return [search, readNumber];
}
