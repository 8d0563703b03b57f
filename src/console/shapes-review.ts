import { z } from 'zod';
import { CASE_KINDS, CASE_STATES, FINAL_REASONS, RETURN_REASONS } from '../domain/case.ts';
import { SLOTS } from '../domain/document.ts';
import { LOCALES } from '../domain/locale.ts';
import { VIEW_PURPOSES } from '../domain/review.ts';

/** What the review desk is asked and answers; what is not named here does not leave the server. */
export const time = z.iso.datetime();
export const slot = z.enum(SLOTS);
const decision = z.enum(['approved', 'rejected']);
const cause = z.enum(['final', 'risk-lock', 'sample']);
const anyReason = z.enum([...RETURN_REASONS, ...FINAL_REASONS]);

export const caseNumber = z.string().regex(/^JB\d{14}$/, 'a case number looks like JB20261122000017');
export const oneCase = z.object({ number: caseNumber });
export const oneDocument = oneCase.extend({ documentId: z.uuid() });
export const version = z.object({ version: z.int() });
export const text = z.string().trim().min(1).max(2000);

const holder = z.object({ number: z.string(), until: time, me: z.boolean() }).nullable();

export const queueItem = z.object({
  number: z.string(),
  kind: z.enum(CASE_KINDS),
  state: z.enum(CASE_STATES),
  version: z.int(),
  cardLast4: z.string().nullable(),
  submittedAt: time,
  breachAt: time,
  overdue: z.boolean(),
  holder,
  proposal: z.object({ decision, cause, by: z.string(), mine: z.boolean() }).nullable(),
  duplicates: z.boolean(),
  triesOver: z.boolean(),
});

const yes = z.literal('true').optional();
const oneOrMany = <T extends z.ZodType>(one: T) => z.union([one, z.array(one)]).optional();

export const queueQuery = z.object({
  kind: oneOrMany(z.enum(CASE_KINDS)),
  state: oneOrMany(z.enum(CASE_STATES)),
  mine: yes,
  overdue: yes,
  toConfirm: yes,
  search: z.string().trim().max(32).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(200).optional(),
});

export const queueSummary = z.object({
  waiting: z.int(),
  mine: z.int(),
  overdue: z.int(),
  toConfirm: z.int(),
  kinds: z.array(z.object({ kind: z.enum(CASE_KINDS), waiting: z.int() })),
});

const reviewDocument = z.object({
  id: z.uuid(),
  slot,
  state: z.enum(['stored', 'replaced', 'purged']),
  viewable: z.boolean(),
  width: z.int(),
  height: z.int(),
  warnings: z.array(z.enum(['dark', 'blurred', 'small', 'glare'])),
  createdAt: time,
  verdict: z
    .object({
      verdict: z.enum(['accepted', 'retry', 'final']),
      reason: anyReason.nullable(),
      by: z.string(),
      at: time,
    })
    .nullable(),
  attempt: z.int(),
  checklist: z.array(z.object({ id: z.string(), otherwise: anyReason })).readonly(),
  duplicates: z.array(z.object({ number: z.string().nullable(), slot, distance: z.int().nullable() })),
});

export const reviewCase = z.object({
  case: z.object({
    number: z.string(),
    kind: z.enum(CASE_KINDS),
    state: z.enum(CASE_STATES),
    version: z.int(),
    conversationId: z.string(),
    /** What the customer reads when the case is concluded. */
    customerTexts: z.object({
      locale: z.enum(LOCALES),
      reasons: z.record(z.enum(RETURN_REASONS), z.string()),
      returned: z.string().nullable(),
      rejected: z.string(),
    }),
    maxTries: z.int(),
    hasAccount: z.boolean(),
    cardLast4: z.string().nullable(),
    note: z.string().nullable(),
    submittedAt: time,
    breachAt: time,
    decidedAt: time.nullable(),
    requiredSlots: z.array(slot),
    returnedSlots: z.array(
      z.object({ slot, reason: z.enum(RETURN_REASONS), triesOver: z.literal(true).optional() }),
    ),
    holder,
    proposal: z
      .object({
        decision,
        reason: z.enum(FINAL_REASONS).nullable(),
        cause,
        by: z.string(),
        mine: z.boolean(),
        at: time,
      })
      .nullable(),
    legalHold: z.boolean(),
    documents: z.array(reviewDocument),
    notes: z.array(z.object({ by: z.string(), text: z.string(), at: time })),
    consents: z.array(
      z.object({ purpose: z.enum(['documents', 'face-photo']), version: z.string(), givenAt: time }),
    ),
    history: z.array(z.object({ seq: z.int(), action: z.string(), by: z.string(), at: time })),
  }),
});

export const verdictBody = version.extend({
  verdict: z
    .discriminatedUnion('verdict', [
      z.object({ verdict: z.literal('accepted') }),
      z.object({ verdict: z.literal('retry'), reason: z.enum(RETURN_REASONS) }),
      z.object({ verdict: z.literal('final'), reason: z.enum(FINAL_REASONS) }),
    ])
    .nullable(),
  checked: z.array(z.string().max(40)).max(20).default([]),
});
export const conclusionBody = version.extend({ decision: decision.optional(), note: text.optional() });
export const refusalBody = version.extend({ note: text });
export const breakBody = z.object({ reason: text });
export const noteBody = z.object({ text });
export const plainBody = z.object({ purpose: z.enum(VIEW_PURPOSES) });
export const pictureAddress = z.object({ url: z.string(), expiresAt: time });

const missing = z.enum(['not-found', 'unavailable']);
const unknown = z.object({ kind: missing });

export const account = z.object({
  customer: z.union([
    z.object({
      kind: z.literal('found'),
      nameMasked: z.string(),
      phoneMasked: z.string().nullable(),
      identityVerified: z.boolean(),
    }),
    unknown,
  ]),
  cards: z.union([
    z.object({
      kind: z.literal('found'),
      cards: z.array(
        z.object({
          bank: z.string(),
          last4: z.string(),
          type: z.enum(['credit', 'debit']),
          status: z.enum(['bound', 'unbinding', 'unbound']),
          boundAt: z.string(),
          /** The card that the case is about. */
          ofCase: z.boolean(),
        }),
      ),
    }),
    unknown,
  ]),
  /** Why the platform refuses to unbind the card that the case is about. */
  blockers: z.union([z.object({ kind: z.literal('found'), codes: z.array(z.string()) }), unknown]),
});
