import type { Database, Queries } from '../database/database.ts';
import type { CaseKind, Cases } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import type { OpeningHours } from '../domain/opening-hours.ts';
import { DEFAULT_REVIEW_RULES, type ReviewRules } from '../domain/review.ts';
import { afterWorkingTime } from '../domain/working-time.ts';
import { customerSide } from './customer-side.ts';
import { type CaseDecisions, deskSide } from './decisions.ts';
import { caseNumber } from './number.ts';

export type { CaseDecisions, DecisionOutcome, ReviewCase } from './decisions.ts';
export * from './review/index.ts';

const WEEKDAY = [{ from: '09:00', to: '18:00' }];
const DEFAULT_REVIEW = {
  rules: DEFAULT_REVIEW_RULES,
  hours: async () => ({
    timeZone: 'Asia/Shanghai',
    periods: { 1: WEEKDAY, 2: WEEKDAY, 3: WEEKDAY, 4: WEEKDAY, 5: WEEKDAY },
    holidays: [],
  }),
};

/** Cases from both sides: the customer's, for dialogs, and the desk's, for staff. */
export function createCases(parts: {
  database: Database;
  clock: Clock;
  /** Called after a commit that left something in the outbox: `outbox.kick`. */
  kick?: () => void;
  /** Target times and when the desk is there; absent = those of `DEFAULT_REVIEW_RULES`, at weekdays from 9 to 18. */
  review?: { rules: ReviewRules; hours: (db: Queries) => Promise<OpeningHours> };
  /** Six digits as a number below a million; random unless a test says otherwise. */
  random?: () => number;
}): Cases & CaseDecisions {
  const { database, clock, kick = () => {}, random, review = DEFAULT_REVIEW } = parts;
  const { rules, hours } = review;
  const breach = async (db: Queries, kind: CaseKind, at: Date) =>
    afterWorkingTime(await hours(db), at, rules.targetMinutes[kind]);
  return {
    ...customerSide({ database, clock, breach, number: (at) => caseNumber(at, random) }),
    ...deskSide({ database, clock, kick }),
  };
}
