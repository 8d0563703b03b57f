import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import {
  finish,
  finishReminded,
  goTo,
  isReminded,
  notesOf,
  REMIND_ME,
  type ReminderOffer,
  type RemindResult,
  remindMe,
  saidIn,
  say,
  sayComfort,
  sayPlatformDown,
  staffWords,
  TopicDialog,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { faceAdvice } from './face.ts';
import { findLock, isOver, type Lock, tellLock } from './lock.ts';
import { correctedTo, type Method, type Trouble, troubleIn } from './methods.ts';
import { PASSWORD, password } from './password.ts';
import { askWhatNext, askWhichMethod, offerPerson } from './questions.ts';
import { chosen, type MethodResult } from './result.ts';
import { SMS, type SmsOptions, sms } from './sms.ts';
import { TRY_ONCE, type TryResult, tryOnce } from './try-once.ts';

interface VerificationValues extends Trouble {
  /** Set when a customer's message opened the topic: its words may tell the trouble. */
  intent?: Intent;
  /** Handed over by the diagnosis or found. */
  blocker?: Lock;
  /** The customer was in the middle of the steps, where the agreements had been dealt with. */
  fromGuide?: boolean;
  /** Another method after all: what was looked up and told is not told again. */
  again?: boolean;
  /** The platform did not answer a moment ago: the customer does not wait for it a second time. */
  down?: boolean;
  /** The opening words, for the person at the desk. */
  words?: string;
}

function valuesOf(step: WaterfallStepContext): VerificationValues {
  return step.values as VerificationValues;
}

/** 核验过不去: the lock first, then the one thing that fails, one try, and a person; nobody is asked for a code. */
export function verification(services: Services): TopicDialog {
  async function look(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const { customerId } = turnOf(step.context);
    if (values.again) return step.next();
    if (values.intent) {
      await sayComfort(step);
      Object.assign(values, troubleIn(saidIn(step)));
      values.words = turnOf(step.context).understanding?.text ?? '';
    }
    if (!values.blocker && customerId) {
      const found = await findLock(services, customerId);
      if (found.kind === 'unavailable') {
        values.down = true;
        await sayPlatformDown(step);
      }
      if (found.kind === 'found') {
        notesOf(step.context).causes.push(found.value.code);
        values.blocker = found.value;
      }
    }
    const { blocker, locked } = values;
    if (blocker || locked) await tellLock(step, services, blocker);
    return step.next();
  }

  function isLocked(step: WaterfallStepContext): boolean {
    const { blocker, locked } = valuesOf(step);
    return blocker ? !isOver(blocker, services) : locked === true;
  }

  async function askMethod(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { method } = valuesOf(step);
    if (method) return step.next({ kind: 'choice', value: `method:${method}` });
    return askWhichMethod(step, isLocked(step));
  }

  async function run(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const value = chosen(step) ?? 'none';
    if (value === 'wait') return waitForUnlock(step);
    if (value === 'none') return goTo(step, 'handoff', { reason: reasonFor(step) });
    if (value === 'locked') return hearLock(step);
    if (value === 'old-number') values.oldNumber = true;
    values.method = correctedTo(value) ?? 'sms';
    return talkAbout(step, values.method);
  }

  /** The page has said so, which only a platform that knows the customer could have told us before. */
  async function hearLock(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    Object.assign(values, troubleIn(saidIn(step)));
    await tellLock(step, services, undefined);
    if (values.method) return talkAbout(step, values.method);
    const { fromGuide, down, words } = values;
    return goTo(step, 'verification', { fromGuide, down, words, locked: true, again: true });
  }

  /** Once told when, or that the platform will tell, nobody has to keep trying. */
  async function waitForUnlock(step: WaterfallStepContext): Promise<DialogTurnResult> {
    await say(step.context, 'verification.afterLock');
    const { blocker } = valuesOf(step);
    if (!blocker) return finish(step, 'left');
    const offer: ReminderOffer = { kind: 'lock-released', ...(blocker.until && { at: blocker.until }) };
    return step.beginDialog(REMIND_ME, offer);
  }

  async function talkAbout(step: WaterfallStepContext, method: Method): Promise<DialogTurnResult> {
    switch (method) {
      case 'sms': {
        const { number, oldNumber } = valuesOf(step);
        const phone = await registeredPhone(step);
        return step.beginDialog(SMS, { number, oldNumber, phone } satisfies SmsOptions);
      }
      case 'face': {
        const { key, result } = faceAdvice(saidIn(step));
        await say(step.context, key);
        return step.next(result);
      }
      case 'password':
        return step.beginDialog(PASSWORD);
    }
  }

  async function registeredPhone(step: WaterfallStepContext): Promise<string | undefined> {
    const { customerId } = turnOf(step.context);
    const found =
      customerId && !valuesOf(step).down ? await services.platform.customer(customerId) : undefined;
    return found?.kind === 'found' ? found.value.phoneMasked : undefined;
  }

  async function afterTalk(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as MethodResult | RemindResult;
    if (isReminded(result)) return finishReminded(step, result, 'left');
    switch (result.kind) {
      case 'other': {
        const { blocker, locked, fromGuide, down, words } = valuesOf(step);
        const known = { blocker, locked, fromGuide, down, words };
        return goTo(step, 'verification', { ...known, method: result.method, again: true });
      }
      case 'later':
        return end(step, 'verification.later', 'left');
      case 'stuck':
        return offerPerson(step);
      case 'try':
        return isLocked(step) ? waitForUnlock(step) : step.beginDialog(TRY_ONCE, {});
    }
  }

  async function afterTry(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as TryResult | RemindResult | { kind: 'yes-no' };
    if (isReminded(result)) return finishReminded(step, result, 'left');
    if (result.kind === 'yes-no') return step.next(result);
    if (result.kind === 'later') return end(step, 'verification.later', 'left');
    if (result.kind === 'failed') return offerPerson(step);
    return askWhatNext(step);
  }

  async function conclude(step: WaterfallStepContext): Promise<DialogTurnResult> {
    switch (chosen(step)) {
      case 'yes':
        return goTo(step, 'handoff', { reason: reasonFor(step) });
      case 'steps':
        return goTo(step, 'unbind-guide', { startAt: 2, agreementsDone: valuesOf(step).fromGuide === true });
      case 'unbound':
        return goTo(step, 'aftercare');
      default:
        return end(step, 'verification.end', chosen(step) === 'no' ? 'left' : 'solved');
    }
  }

  return new TopicDialog(
    'verification',
    1,
    [look, askMethod, run, afterTalk, afterTry, conclude],
    [sms(services), password(services), tryOnce(), remindMe(services)],
  );
}

async function end(
  step: WaterfallStepContext,
  key: 'verification.later' | 'verification.end',
  outcome: Outcome,
): Promise<DialogTurnResult> {
  await say(step.context, key);
  return finish(step, outcome);
}

const NAMES = {
  sms: 'verification.noSms',
  face: 'verification.faceFails',
  password: 'verification.passwordFails',
} as const;

function reasonFor(step: WaterfallStepContext): string {
  const { method, words } = valuesOf(step);
  const topic = staffWords({ key: 'topics.verification' });
  const name = method && staffWords({ key: NAMES[method] });
  return [topic, name, words].filter(Boolean).join(' / ');
}
