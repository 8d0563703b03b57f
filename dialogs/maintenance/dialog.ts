import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Announcement } from '../../src/domain/platform.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  ask,
  finish,
  finishReminded,
  goTo,
  isGoto,
  isReminded,
  type Line,
  menuPath,
  REMIND_ME,
  type ReminderOffer,
  type RemindResult,
  remindMe,
  say,
  sayPlatformDown,
  spoken,
  staffWords,
  TopicDialog,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { endKey, ongoing } from './announcements.ts';
import { CHECKS, type ChecksResult, checks } from './checks.ts';
import { type MaintenanceBlocker, ownMaintenance } from './own-cards.ts';

interface MaintenanceValues {
  /** Handed over by the diagnosis. */
  blocker?: MaintenanceBlocker;
  /** What else stands in the way of the card, when the diagnosis found several things. */
  others?: Line[];
  /** The one that is waited for; absent while it is not clear which. */
  announcement?: Pick<Announcement, 'id' | 'endsAt'>;
  /** What is announced, for customers who name their bank. */
  titles?: string[];
  /** What the customer sees on the page, for the person at the desk. */
  symptoms: string[];
}

/** 「您要解的卡,是这份公告里说的吗?」 Some tell what the page does instead of answering. */
const IS_IT_YOURS = spoken(
  [
    [
      /不是|别的|其他|不一样|没说|没写|另一|另外|我的是|我是|not (?:this|mine|that)|another|different|other/,
      'other',
    ],
    [/等它|再等|等结束|是这|就是它|几点|什么时候|多久|\bwait\b|thats it|this one|its (?:this|mine)/, 'mine'],
    [
      /没反应|转圈|一直转|就是转|在转|[啥什]么?都没有|点不动|点不了|灰色|卡死|白屏|闪退|报错|提交不了|no response|spinning|loading|blank|gr[ea]y|crash|nothing happens|doesnt respond/,
      'symptom',
    ],
    [/行(?:的|那张)?(?:卡)?(?:的|那张)?$/, 'named'],
  ],
  { yes: 'mine', no: 'other' },
);

/** 「交行的」: the bank of the announcement is named. */
function isNamed(step: WaterfallStepContext, { value }: { value: string }): boolean {
  const { titles = [] } = step.values as unknown as MaintenanceValues;
  const bank = turnOf(step.context).understanding?.entities.bank;
  return value === 'named' && bank !== undefined && titles.some((title) => title.includes(bank));
}

type Waited = NonNullable<MaintenanceValues['announcement']>;

function waitedOf({
  announcementId,
}: NonNullable<MaintenanceValues['blocker']>): Pick<MaintenanceValues, 'announcement'> {
  return announcementId === undefined ? {} : { announcement: { id: announcementId } };
}

function offerFor({ id, endsAt }: Waited): ReminderOffer {
  return { kind: 'maintenance-over', subject: id, ...(endsAt && { at: endsAt }) };
}

/** 系统维护: when it ends; without a maintenance, three cheap checks and then a person. Never documents. */
export function maintenance(services: Services): TopicDialog {
  async function announce(step: WaterfallStepContext, announcement: Announcement): Promise<void> {
    const { title, endsAt } = announcement;
    const slots = { title, ...(endsAt && { endsAt: whenOf(services, endsAt) }) };
    await say(step.context, endKey(announcement, services.clock.now()), slots);
  }

  async function lookAtAnnouncements(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as MaintenanceValues;
    const { understanding } = turnOf(step.context);
    // The words that opened the topic already tell what the customer sees.
    values.symptoms = understanding?.intent === 'fail_maintenance' ? [understanding.text] : [];
    await say(step.context, 'maintenance.stopClicking');
    const found = await services.platform.announcements();
    const announced = found.kind === 'found' ? ongoing(found.value, undefined) : [];
    if (!values.blocker && announced.length > 0) {
      const own = await ownMaintenance(services, turnOf(step.context).customerId);
      if (own === 'none') {
        await say(step.context, 'maintenance.notYourCards');
        return step.next({ kind: 'choice', value: 'other' } satisfies Answer);
      }
      if (own !== 'unknown') Object.assign(values, own);
    }
    const active = found.kind === 'found' ? ongoing(found.value, values.blocker?.announcementId) : [];
    for (const announcement of active) await announce(step, announcement);
    const [only] = active;
    if (only && active.length === 1)
      values.announcement = { id: only.id, ...(only.endsAt && { endsAt: only.endsAt }) };
    else if (values.blocker && active.length === 0) Object.assign(values, waitedOf(values.blocker));
    if (values.blocker) {
      if (active.length === 0)
        await say(step.context, 'maintenance.endUnknown', { help: menuPath(services.settings.helpPath) });
      return step.next({ kind: 'choice', value: 'mine' } satisfies Answer);
    }
    values.titles = active.map(({ title }) => title);
    if (active.length > 0) return askIsItYours(step);
    if (found.kind === 'unavailable') await sayPlatformDown(step);
    else await say(step.context, 'maintenance.noneAnnounced');
    return step.next({ kind: 'choice', value: 'other' } satisfies Answer);
  }

  function askIsItYours(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return ask(step, {
      kind: 'choice',
      key: 'maintenance.isItYours',
      choices: [
        { value: 'mine', key: 'maintenance.mine' },
        { value: 'other', key: 'maintenance.notMine' },
      ],
      spoken: IS_IT_YOURS,
      retry: 'maintenance.isItYoursRetry',
    });
  }

  async function askSymptom(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as Answer;
    if (result.kind !== 'choice' || result.value === 'mine' || isNamed(step, result)) {
      const { others = [], announcement } = step.values as unknown as MaintenanceValues;
      if (others.length > 0)
        await say(step.context, 'maintenance.waitWithOthers', { others: { list: others } });
      else await say(step.context, 'maintenance.waitItOut');
      return announcement ? step.beginDialog(REMIND_ME, offerFor(announcement)) : finish(step, 'left');
    }
    if (result.value === 'symptom')
      return step.next({
        kind: 'text',
        text: turnOf(step.context).understanding?.text ?? '',
      } satisfies Answer);
    return ask(step, {
      kind: 'text',
      key: 'maintenance.symptom',
      choices: [
        { value: 'no-words', key: 'maintenance.noWords' },
        { value: 'says-maintenance', key: 'maintenance.saysMaintenance' },
      ],
    });
  }

  async function check(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { symptoms } = step.values as unknown as MaintenanceValues;
    const answer = step.result as Answer | RemindResult;
    if (isReminded(answer)) return finishReminded(step, answer, 'left');
    if (answer.kind !== 'text') return finish(step, 'left');
    symptoms.push(answer.text);
    if (answer.value !== 'says-maintenance') return step.beginDialog(CHECKS, { at: 0 });
    await say(step.context, 'maintenance.pageSaysMaintenance');
    return finish(step, 'left');
  }

  async function afterChecks(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as ChecksResult;
    if (isGoto(result)) return step.endDialog(result);
    if (result.kind === 'exhausted') {
      return ask(step, {
        kind: 'yes-no',
        key: 'maintenance.offerPerson',
        yes: 'common.toHuman',
        no: 'maintenance.tryMyself',
      });
    }
    await say(step.context, 'maintenance.glad');
    return finish(step, 'solved');
  }

  async function toPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { symptoms } = step.values as unknown as MaintenanceValues;
    const answer = step.result as Answer;
    if (answer.kind === 'yes-no' && answer.yes) {
      const topic = staffWords({ key: 'topics.maintenance' });
      return goTo(step, 'handoff', { reason: [topic, ...symptoms].join(' / ') });
    }
    await say(step.context, 'maintenance.tryLater', { ...services.settings.busyHours });
    return finish(step, 'left');
  }

  const steps = [lookAtAnnouncements, askSymptom, check, afterChecks, toPerson];
  return new TopicDialog('maintenance', 3, steps, [checks(), remindMe(services)]);
}
