import { eq } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { cases } from '../../database/schema/index.ts';
import type { Clock } from '../../domain/clock.ts';
import { DEFAULT_REVIEW_RULES, type ReviewRules } from '../../domain/review.ts';
import type { StaffActor } from '../../domain/staff.ts';
import { type Claims, claims } from './claims.ts';
import { type ConclusionAsked, conclude } from './conclusion.ts';
import { detail, type ReviewDetail } from './detail.ts';
import { type FourEyes, fourEyes } from './four-eyes.ts';
import type { ReviewOutcome, ReviewRefusal } from './outcome.ts';
import { type QueueFilter, type QueueItem, type QueueSummary, queue } from './queue.ts';
import { type Asked, isHeld, isOwnAccount, type ReviewParts } from './step.ts';
import { addNote, giveVerdict, type VerdictAsked } from './verdicts.ts';

export type { ReviewDetail } from './detail.ts';
export type { ReviewDocument } from './documents-of.ts';
export type { ReviewOutcome, ReviewRefusal } from './outcome.ts';
export type { QueueFilter, QueueItem, QueueSummary } from './queue.ts';

/** 审核台: who works on which case, what becomes of it, and who has to agree. */
export interface ReviewDesk extends Claims, FourEyes {
  list(filter: QueueFilter, actor: StaffActor): Promise<{ cases: QueueItem[]; next?: string }>;
  summary(actor: StaffActor): Promise<QueueSummary>;
  detail(number: string, actor: StaffActor): Promise<ReviewDetail | undefined>;
  giveVerdict(asked: VerdictAsked): Promise<ReviewOutcome>;
  conclude(asked: ConclusionAsked): Promise<ReviewOutcome>;
  addNote(asked: Asked & { text: string }): Promise<ReviewOutcome>;
  /** The case and customer, for whoever may look into it now: its holder. */
  held(number: string, actor: StaffActor): Promise<HeldCase | ReviewRefusal>;
  /** Ids behind a number, whoever asks; undefined when there is none. */
  find(number: string): Promise<{ caseId: string; customerId: string | null } | undefined>;
}

export interface HeldCase {
  kind: 'held-here';
  caseId: string;
  customerId: string | null;
  cardLast4: string | null;
}

export function createReviewDesk(options: {
  database: Database;
  clock: Clock;
  kick?: () => void;
  rules?: ReviewRules;
  random?: () => number;
}): ReviewDesk {
  const parts: ReviewParts = {
    kick: () => {},
    rules: DEFAULT_REVIEW_RULES,
    random: Math.random,
    ...options,
  };
  const { database, clock } = parts;

  const rowOf = async (number: string) => {
    const [row] = await database.run((db) => db.select().from(cases).where(eq(cases.number, number)));
    return row;
  };

  return {
    ...claims(parts),
    ...fourEyes(parts),
    ...queue(parts),
    detail: detail(parts),
    giveVerdict: giveVerdict(parts),
    conclude: conclude(parts),
    addNote: addNote(parts),

    async held(number, actor) {
      const row = await rowOf(number);
      if (!row) return { kind: 'unknown-case' };
      if (await database.run((db) => isOwnAccount(db, row, actor))) return { kind: 'own-account' };
      if (!isHeld(row, clock.now()) || row.assignee !== actor.id) return { kind: 'not-claimed' };
      return { kind: 'held-here', caseId: row.id, customerId: row.customerId, cardLast4: row.cardLast4 };
    },

    async find(number) {
      const row = await rowOf(number);
      return row && { caseId: row.id, customerId: row.customerId };
    },
  };
}
