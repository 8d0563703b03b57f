import { randomUUID } from 'node:crypto';
import { createCases, createReviewDesk, type ReviewDesk } from '../../../src/cases/index.ts';
import type { Database } from '../../../src/database/database.ts';
import type { CaseKind } from '../../../src/domain/case.ts';
import type { Slot } from '../../../src/domain/document.ts';
import { DEFAULT_REVIEW_RULES, type Verdict } from '../../../src/domain/review.ts';
import type { Role, StaffActor } from '../../../src/domain/staff.ts';
import { createAccounts } from '../../../src/staff/index.ts';
import type { FakeClock } from '../../support/clock.ts';
import { storeDocument } from '../store-document.ts';

let hired = 0;

/** A review desk on a database, with people and cases made as the tests need them. */
export function openBench(database: Database, clock: FakeClock, more: { draw?: () => number } = {}) {
  let kicks = 0;
  const kick = () => {
    kicks++;
  };
  const cases = createCases({ database, clock, kick });
  const random = more.draw ?? (() => 0.99);
  const desk = createReviewDesk({ database, clock, kick, random, rules: DEFAULT_REVIEW_RULES });
  const accounts = createAccounts({ database, clock });

  return {
    cases,
    desk,
    kicks: () => kicks,

    async hire(roles: Role[] = ['reviewer'], customerId?: string): Promise<StaffActor> {
      const n = ++hired;
      const account = { login: `bench${n}`, number: `R${n}`, name: `R${n}`, roles, oidcSubject: `s-${n}` };
      const made = await accounts.create({ ...account, customerId }, 'operator:test');
      if (made.kind !== 'created') throw new Error(made.kind);
      return made.member;
    },

    /** Submitted, each of its slots filled. */
    async submitted(
      wanted: { kind?: CaseKind; slots?: Slot[]; customerId?: string; cardLast4?: string } = {},
    ): Promise<{ id: string; number: string; documents: Record<string, string> }> {
      const { kind = 'risk-lock', slots = ['id-front', 'id-back', 'id-in-hand'], ...owner } = wanted;
      const conversationId = `c-${randomUUID()}`;
      const draft = await cases.draft({ conversationId, kind, requiredSlots: slots, ...owner }, randomUUID());
      const documents: Record<string, string> = {};
      for (const slot of slots) documents[slot] = await storeDocument(database, draft.id, slot);
      const { id, number = '' } = await cases.submit(draft.id);
      return { id, number, documents };
    },

    /** A verdict on a document as the case is now. */
    async judge(number: string, actor: StaffActor, documentId: string, verdict: Verdict) {
      const asked = { number, actor, documentId, verdict, checked: [] };
      return desk.giveVerdict({ ...asked, version: await versionOf(desk, number, actor) });
    },

    version: (number: string, actor: StaffActor) => versionOf(desk, number, actor),
  };
}

export type Bench = ReturnType<typeof openBench>;

async function versionOf(desk: ReviewDesk, number: string, actor: StaffActor): Promise<number> {
  return (await desk.detail(number, actor))?.version ?? 0;
}
