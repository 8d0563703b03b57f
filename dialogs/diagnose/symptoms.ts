import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { keepPlan } from '../../src/domain/plan.ts';
import { type Answer, ask, type Choice, finish, goTo, planKeeper, type TopicId } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

const SYMPTOMS: (Choice & { value: TopicId | 'none' })[] = [
  { value: 'risk-lock', key: 'diagnose.symptomRisk' },
  { value: 'identity-mismatch', key: 'diagnose.symptomIdentity' },
  { value: 'card-status', key: 'diagnose.symptomCard' },
  { value: 'balance', key: 'diagnose.symptomBalance' },
  { value: 'verification', key: 'diagnose.symptomVerification' },
  { value: 'maintenance', key: 'diagnose.symptomNoResponse' },
  { value: 'none', key: 'common.noneOfThese' },
];

/** The one question that tells the causes apart best, when the platform cannot tell. */
export function askSymptom(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, { kind: 'choice', key: 'diagnose.symptom', choices: SYMPTOMS });
}

/** The symptom that a plan was made for, as long as there is such a topic. */
export function knownSymptom(symptom: string | undefined): TopicId | undefined {
  return SYMPTOMS.map(({ value }) => value).find(
    (value): value is TopicId => value !== 'none' && value === symptom,
  );
}

/** Goes over to the topic of the symptom and plans it: it is asked about when the customer is back. */
export function followSymptom(step: WaterfallStepContext, { clock }: Services): Promise<DialogTurnResult> {
  const answer = step.result as Answer;
  if (answer.kind !== 'choice') return finish(step, 'left');
  const symptom = knownSymptom(answer.value);
  if (!symptom) return goTo(step, 'handoff', { reason: 'unknown-cause' });
  const keeper = planKeeper(step.context);
  keepPlan(keeper, { symptom, codes: [], worked: [], since: clock.now().toISOString() });
  if (keeper.plan) keeper.plan.working = 'symptom';
  return goTo(step, symptom);
}
