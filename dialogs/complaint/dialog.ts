import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  ask,
  type Choice,
  finish,
  goTo,
  ownerOf,
  saidIn,
  say,
  TopicDialog,
  turnOf,
  undecidedCase,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { sizeOf } from '../kit/words.ts';
import {
  asksOutside,
  asksPerson,
  asksUs,
  insteadOfWords,
  OUTSIDE_ASKED,
  openingQuestion,
  saysWhat,
  takesBack,
} from './readings.ts';

interface ComplaintValues {
  /** Set when a customer's message opened the topic. */
  intent?: Intent;
  /** What the complaint is about, as far as it has been told. */
  told?: string;
  /** Asked once more; what was said last was no complaint. */
  again?: boolean;
  /** Where else to complain has been said. */
  outsideSaid?: boolean;
  /** Registered; only a person is offered. */
  offerPerson?: boolean;
}

const REGISTER: Choice = { value: 'yes', key: 'complaint.registerNow' };
const NOT_NOW: Choice = { value: 'no', key: 'complaint.doNotRegister' };
const NOTHING_TO_ADD: Choice = { value: 'no', key: 'complaint.nothingToAdd' };
const TAKE_BACK: Choice = { value: 'take-back', key: 'complaint.takeBack' };

function valuesOf(step: WaterfallStepContext): ComplaintValues {
  return step.values as ComplaintValues;
}

/** 投诉: taken down with a number at once, where else to go, and a person for whoever wants one. */
export function complaint(services: Services): TopicDialog {
  async function listen(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const open = await undecidedCase(services, step, 'complaint');
    if (open && values.offerPerson) return step.next();
    const words = values.intent ? saidIn(step) : '';
    if (open && takesBack(words)) return takeBack(step, open);
    const question = openingQuestion(words);
    if (question) await say(step.context, question);
    else if (!values.again) await apologise(step, words);
    values.outsideSaid ||= question === 'complaint.outside';
    if (open) return askWords(step, 'complaint.already', [NOTHING_TO_ADD, TAKE_BACK], open.number);
    if (saysWhat(words)) values.told = turnOf(step.context).understanding?.text ?? '';
    if (values.told) return askWords(step, 'complaint.registerThis', [REGISTER, NOT_NOW]);
    return askWords(step, values.again ? 'complaint.askAgain' : 'complaint.askWhat', [NOT_NOW]);
  }

  /** Who asks for a person too hears at once whether one is there. */
  async function apologise(step: WaterfallStepContext, words: string): Promise<void> {
    if (!asksPerson(words)) return say(step.context, 'complaint.sorry');
    const { locale } = turnOf(step.context);
    const desk = await services.handoffs.desk({ reason: 'complaint', locale });
    if (desk.kind === 'closed' && desk.opensAt)
      return say(step.context, 'complaint.sorryClosed', { opensAt: whenOf(services, desk.opensAt) });
    return say(step.context, 'complaint.sorry');
  }

  /** Until it has been told, the words are for a person: whatever else they are about leads nowhere else. */
  function askWords(
    step: WaterfallStepContext,
    key: TextKey,
    choices: Choice[],
    number = '',
  ): Promise<DialogTurnResult> {
    const verbatim = valuesOf(step).told === undefined;
    return ask(step, { kind: 'text', verbatim, key, choices, slots: { number } });
  }

  async function register(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { told, outsideSaid, offerPerson } = valuesOf(step);
    if (offerPerson) return askPerson(step);
    const answer = step.result as Answer;
    if (answer.kind !== 'text') return finish(step, 'left');
    if (wantsPerson(step, answer.text))
      return goTo(step, 'handoff', { reason: 'complaint', ...(told && { message: told }) });
    if (asksOutside(saidIn(step))) {
      await say(step.context, 'complaint.outside');
      return goTo(step, 'complaint', { told, again: true, outsideSaid: true });
    }
    if (told && answer.value === undefined && asksUs(saidIn(step)) && !takesBack(saidIn(step))) {
      await say(step.context, 'complaint.asked');
      return goTo(step, 'complaint', { told, again: true, outsideSaid });
    }
    const meant = answer.value ?? insteadOfWords(saidIn(step));
    const open = await undecidedCase(services, step, 'complaint');
    if (open && (meant === 'take-back' || takesBack(saidIn(step)))) return takeBack(step, open);
    if (meant === 'no') return open ? askPerson(step) : leave(step);
    if (meant === 'empty' || (meant === 'yes' && !told))
      return goTo(step, 'complaint', { told, again: true, outsideSaid });
    const note = [told, meant === 'yes' ? undefined : answer.text].filter(Boolean).join('\n');
    if (open) await add(step, open, note);
    else await submit(step, note);
    return askPerson(step);
  }

  /** Short words for a person are no complaint; long ones (「叫人工来,…」) are both, and are taken down. */
  function wantsPerson(step: WaterfallStepContext, said: string): boolean {
    const { understanding } = turnOf(step.context);
    return (
      understanding?.decision === 'accept' && understanding.intent === 'human_agent' && sizeOf(said) <= 12
    );
  }

  function takeBack(step: WaterfallStepContext, open: Case): Promise<DialogTurnResult> {
    const intent: Intent = 'case_status';
    return goTo(step, 'case-status', { caseId: open.id, intent });
  }

  async function add(step: WaterfallStepContext, open: Case, note: string): Promise<void> {
    const { number = '' } = open;
    await services.cases.describe(open.id, [open.note, note].filter(Boolean).join('\n'));
    await say(step.context, 'complaint.added', { number }, { data: { caseId: number } });
  }

  async function leave(step: WaterfallStepContext): Promise<DialogTurnResult> {
    await say(step.context, 'complaint.notRegistered');
    return finish(step, 'left');
  }

  async function submit(step: WaterfallStepContext, note: string): Promise<void> {
    const draft = await services.cases.draft(
      { ...ownerOf(step), kind: 'complaint', requiredSlots: [], note },
      `${turnOf(step.context).idempotencyKey}:case`,
    );
    const { number = '' } = await services.cases.submit(draft.id);
    await say(step.context, 'complaint.registered', { number }, { data: { caseId: number } });
    if (!valuesOf(step).outsideSaid) await say(step.context, 'complaint.outside');
  }

  /** Free words: what is said to it and opens nothing else belongs to the complaint. */
  function askPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return ask(step, {
      kind: 'text',
      key: 'complaint.askPerson',
      choices: [
        { value: 'yes', key: 'common.toHuman' },
        { value: 'no', key: 'common.notNow' },
      ],
      asides: OUTSIDE_ASKED,
    });
  }

  async function conclude(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const open = await undecidedCase(services, step, 'complaint');
    if (answer.kind !== 'text' || !open) return finish(step, 'case');
    const { number = '' } = open;
    const meant = answer.value ?? insteadOfWords(saidIn(step));
    if (meant === 'yes' || wantsPerson(step, answer.text))
      return goTo(step, 'handoff', { reason: `complaint ${number}` });
    if (takesBack(saidIn(step))) return takeBack(step, open);
    if (meant === undefined) {
      await add(step, open, answer.text);
      return goTo(step, 'complaint', { offerPerson: true });
    }
    await say(step.context, 'complaint.end', { number });
    return finish(step, 'case');
  }

  return new TopicDialog('complaint', 2, [listen, register, conclude]);
}
