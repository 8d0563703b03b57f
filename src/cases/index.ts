import type { Database } from '../database/database.ts';
import type { Cases } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import { customerSide } from './customer-side.ts';
import { type CaseDecisions, deskSide } from './decisions.ts';
import { caseNumber } from './number.ts';

export type { CaseDecisions, DecisionOutcome, ReviewCase } from './decisions.ts';

/** Cases from both sides: the customer's, for dialogs, and the desk's, for staff. */
export function createCases(parts: {
  database: Database;
  clock: Clock;
  /** Called after a commit that left something in the outbox: `outbox.kick`. */
  kick?: () => void;
  /** Six digits as a number below a million; random unless a test says otherwise. */
  random?: () => number;
}): Cases & CaseDecisions {
  const { database, clock, kick = () => {}, random } = parts;
  return {
    ...customerSide({ database, clock, number: (at) => caseNumber(at, random) }),
    ...deskSide({ database, clock, kick }),
  };
}
