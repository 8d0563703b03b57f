import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { finish, goTo, menuPath, saidIn, say, sayComfort, TopicDialog } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { askChecked, askGiven, askWhich, chosen } from './questions.ts';
import { type Matter, matterIn, talkIn } from './readings.ts';

interface OfficialChannelValues {
  /** Set when a customer's message opened the topic. */
  intent?: Intent;
  matter?: Matter | undefined;
  /** How to check has been said. */
  told?: boolean;
  /** Found on the way that somebody is after the customer: the words may tell what was said. */
  contacted?: boolean;
}

/** Matters where somebody may be after the customer already. */
const APPROACHED: readonly Matter[] = ['contact', 'link'];

function valuesOf(step: WaterfallStepContext): OfficialChannelValues {
  return step.values as OfficialChannelValues;
}

/** 核实入口、来电: how the customer finds out; we open no link, name no number and call nothing genuine. */
export function officialChannel(services: Services): TopicDialog {
  async function which(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const words = saidIn(step);
    if (values.intent) {
      await sayComfort(step);
      values.matter ??= matterIn(words);
    }
    return values.matter ? step.next() : askWhich(step);
  }

  async function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const matter = values.matter ?? (chosen(step) as Matter);
    values.matter = matter;
    if (!values.told) {
      const path = menuPath(services.settings.appPath);
      await say(step.context, `official-channel.tell-${matter}`, { path });
      const line = (values.intent || values.contacted) && talkIn(saidIn(step));
      if (line) await say(step.context, line);
    }
    return APPROACHED.includes(matter) ? askGiven(step) : askChecked(step);
  }

  async function outcome(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { matter } = valuesOf(step);
    const value = chosen(step);
    switch (value) {
      case 'given':
      case 'lost':
        return goTo(step, 'fraud');
      case 'opened':
        await say(step.context, 'official-channel.afterOpening', {
          path: menuPath(services.settings.securityPath),
        });
        return finish(step, 'solved');
      case 'nothing':
        await say(step.context, 'official-channel.praise');
        return finish(step, 'solved');
      case 'contacted':
        return goTo(step, 'official-channel', { matter: 'contact', contacted: true });
      case 'licence':
      case 'number':
      case 'entry':
      case 'app':
        return goTo(step, 'official-channel', { matter: value });
      case 'person':
        return goTo(step, 'handoff', { reason: 'official_entry' });
      case 'clear':
        await say(step.context, 'official-channel.end');
        return finish(step, 'solved');
      default:
        await say(step.context, value as TextKey);
        return goTo(step, 'official-channel', { matter, told: true });
    }
  }

  return new TopicDialog('official-channel', 1, [which, tell, outcome]);
}
