import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Case } from '../../src/domain/case.ts';
import { type Answer, ask, type Choice, goTo, ownerOf, type Step, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { kindName } from './lines.ts';

interface FindValues {
  /** Internal id of the case that is talked about. */
  caseId?: string | undefined;
  /** The last message held no number, or a wrong one. */
  missed?: 'no-number' | 'unknown-number';
}

/** A list on a phone: more would not be read. */
const MOST = 5;

const INSTEAD: Choice[] = [
  { value: 'diagnose', key: 'case-status.findCause' },
  { value: 'human', key: 'common.toHuman' },
];

function askNumber(step: WaterfallStepContext, key: TextKey): Promise<DialogTurnResult> {
  return ask(step, { kind: 'text', key, choices: INSTEAD, verbatim: true });
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
    if (own.length > 1) return askWhich(step, own.slice(0, MOST));
    values.caseId = own[0]?.id;
    return values.caseId ? step.next() : askNumber(step, 'case-status.noCase');
  }

  function askWhich(step: WaterfallStepContext, cases: Case[]): Promise<DialogTurnResult> {
    const choices = cases.map(({ id, kind, number = '' }): Choice => {
      return { value: id, key: 'case-status.case', slots: { kind: kindName(step.context, kind), number } };
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
    if (/[忘丢找记].*[号码]|[号码].*[忘丢找记]/u.test(answer.text))
      return goTo(step, 'case-status', { missed: 'no-number' });
    const intent = understanding?.decision === 'accept' ? understanding.intent : undefined;
    if (intent && intent !== 'case_status' && intent !== 'out_of_scope') return step.endDialog({ intent });
    return goTo(step, 'case-status', { missed: 'no-number' });
  }

  return [search, readNumber];
}
