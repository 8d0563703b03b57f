import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { RatingReason } from '../../src/domain/handoff.ts';
import { type Answer, ask, type Choice, finish, say } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

const SKIP: Choice = { value: 'skip', key: 'handoff.skipRating' };

/** In the order of the scores, so that a number means itself. */
const SCORES: Choice[] = [
  { value: '1', key: 'handoff.score1' },
  { value: '2', key: 'handoff.score2' },
  { value: '3', key: 'handoff.score3' },
  { value: '4', key: 'handoff.score4' },
  { value: '5', key: 'handoff.score5' },
  SKIP,
];
const REASONS: (Choice & { value: RatingReason | 'skip' })[] = [
  { value: 'waited', key: 'handoff.reasonWaited' },
  { value: 'not-solved', key: 'handoff.reasonNotSolved' },
  { value: 'unclear', key: 'handoff.reasonUnclear' },
  { value: 'attitude', key: 'handoff.reasonAttitude' },
  { ...SKIP, value: 'skip' },
];
/** Who gives less is asked why. */
const CONTENT = 4;

export interface RatingValues {
  /** The hand-off that is rated. */
  rate?: string;
  score?: number;
}

const valuesOf = (step: WaterfallStepContext) => step.values as unknown as RatingValues;

/** The steps after a talk with a person: how it was, and why if it was not good. They end the topic. */
export function ratingSteps(services: Services) {
  async function thank(step: WaterfallStepContext): Promise<DialogTurnResult> {
    await say(step.context, 'handoff.ratingThanks');
    return finish(step, 'person');
  }

  return {
    askScore: (step: WaterfallStepContext): Promise<DialogTurnResult> =>
      ask(step, { kind: 'choice', key: 'handoff.askRating', choices: SCORES, aside: true }),

    async takeScore(step: WaterfallStepContext): Promise<DialogTurnResult> {
      const values = valuesOf(step);
      const answer = step.result as Answer;
      const score = answer.kind === 'choice' ? Number(answer.value) : Number.NaN;
      if (!values.rate || Number.isNaN(score)) {
        await say(step.context, 'handoff.ratingSkipped');
        return finish(step, 'person');
      }
      await services.handoffs.rate(values.rate, { score, reasons: [] });
      values.score = score;
      if (score >= CONTENT) return thank(step);
      return ask(step, { kind: 'choice', key: 'handoff.askReason', choices: REASONS, aside: true });
    },

    async takeReason(step: WaterfallStepContext): Promise<DialogTurnResult> {
      const { rate, score } = valuesOf(step);
      const answer = step.result as Answer;
      const reason = REASONS.find(({ value }) => answer.kind === 'choice' && value === answer.value)?.value;
      if (rate && score && reason && reason !== 'skip')
        await services.handoffs.rate(rate, { score, reasons: [reason] });
      return thank(step);
    },
  };
}
