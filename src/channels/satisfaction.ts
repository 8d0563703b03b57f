import { type Locale, text as textOf } from '../../locales/index.ts';
import type { NewActivity } from '../conversation/store.ts';

/** Marks the question in the log, so that an answer is known to be one. */
export const SURVEY_KEY = 'channels.askSatisfied';
const SCORES = [5, 4, 3, 2, 1] as const;
export type Score = (typeof SCORES)[number];

/** Asks how it was with a person of the app's own desk, of whom our own knows nothing. */
export function survey(locale: Locale): NewActivity {
  const actions = SCORES.map((score) => {
    const title = textOf(locale, `handoff.score${score}`);
    return { type: 'imBack', title, value: title };
  });
  return {
    type: 'message',
    text: textOf(locale, 'handoff.askRating'),
    channelData: { key: SURVEY_KEY },
    suggestedActions: { to: [], actions },
  };
}

/** What the choice at a place of the question says. */
export const scoreAt = (place: number): Score | undefined => SCORES[place - 1];

export const surveyThanks = (locale: Locale): NewActivity => ({
  type: 'message',
  text: textOf(locale, 'handoff.ratingThanks'),
});
