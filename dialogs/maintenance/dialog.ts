import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Announcement, Blocker } from '../../src/domain/platform.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  ask,
  goTo,
  isGoto,
  say,
  sayPlatformDown,
  TopicDialog,
  turnOf,
  wordsOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { endKey, ongoing } from './announcements.ts';
import { CHECKS, type ChecksResult, checks } from './checks.ts';
import { IS_IT_YOURS, type IsItYoursResult, isItYours } from './is-it-yours.ts';

interface MaintenanceValues {
  /** Handed over by the diagnosis. */
  blocker?: Extract<Blocker, { code: 'MAINTENANCE' }>;
  /** What the customer sees on the page, for the person at the desk. */
  symptoms: string[];
}

/** 系统维护: when it ends; without a maintenance, three cheap checks and then a person. Never documents. */
export function maintenance(services: Services): TopicDialog {
  async function announce(step: WaterfallStepContext, announcement: Announcement): Promise<void> {
    const { title, endsAt } = announcement;
    const slots = { title, ...(endsAt && { endsAt: whenOf(step.context, services, endsAt) }) };
    await say(step.context, endKey(announcement, services.clock.now()), slots);
  }

  async function lookAtAnnouncements(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as MaintenanceValues;
    const { understanding } = turnOf(step.context);
    // The words that opened the topic already tell what the customer sees.
    values.symptoms = understanding?.intent === 'fail_maintenance' ? [understanding.text] : [];
    await say(step.context, 'maintenance.stopClicking');
    const found = await services.platform.announcements();
    const active = found.kind === 'found' ? ongoing(found.value, values.blocker?.announcementId) : [];
    for (const announcement of active) await announce(step, announcement);
    if (values.blocker) {
      if (active.length === 0) await say(step.context, 'maintenance.endUnknown');
      return step.next({ kind: 'mine' } satisfies IsItYoursResult);
    }
    if (active.length > 0) return step.beginDialog(IS_IT_YOURS);
    if (found.kind === 'unavailable') await sayPlatformDown(step);
    else await say(step.context, 'maintenance.noneAnnounced');
    return step.next({ kind: 'other' } satisfies IsItYoursResult);
  }

  async function askSymptom(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as IsItYoursResult;
    if (result.kind === 'mine') {
      await say(step.context, 'maintenance.waitItOut');
      return step.endDialog();
    }
    if (result.symptom) return step.next({ kind: 'text', text: result.symptom });
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
    const answer = step.result as Answer;
    if (answer.kind !== 'text') return step.endDialog();
    symptoms.push(answer.text);
    if (answer.value !== 'says-maintenance') return step.beginDialog(CHECKS, { at: 0 });
    await say(step.context, 'maintenance.pageSaysMaintenance');
    return step.endDialog();
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
    return step.endDialog();
  }

  async function toPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { symptoms } = step.values as unknown as MaintenanceValues;
    const answer = step.result as Answer;
    if (answer.kind === 'yes-no' && answer.yes) {
      const topic = wordsOf(step.context, { key: 'topics.maintenance' });
      return goTo(step, 'handoff', { reason: [topic, ...symptoms].join(' / ') });
    }
    await say(step.context, 'maintenance.tryLater');
    return step.endDialog();
  }

  const steps = [lookAtAnnouncements, askSymptom, check, afterChecks, toPerson];
  return new TopicDialog('maintenance', 1, steps, [isItYours(), checks()]);
}
