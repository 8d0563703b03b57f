import { z } from 'zod';
import { SLOTS } from '../domain/document.ts';
import type {
  Announcement,
  AutoDebit,
  Blocker,
  BlockerCode,
  Card,
  Customer,
  Eligibility,
  OpenItem,
  UnbindRequest,
} from '../domain/platform.ts';

const id = z.string().min(1);
const time = z.iso.datetime({ offset: true });
/** The platform masks; a value without a star would be somebody's real name or number. */
const masked = z.string().regex(/\*/);
const code = z.string().min(1);

export const customerReply: z.ZodType<Customer> = z.object({
  id,
  nameMasked: masked,
  phoneMasked: masked.optional(),
  identityVerified: z.boolean(),
});

const card: z.ZodType<Card> = z.object({
  id,
  bank: z.string().min(1),
  last4: z.string().regex(/^\d{4}$/),
  type: z.enum(['credit', 'debit']),
  status: z.enum(['bound', 'unbinding', 'unbound']),
  boundAt: time,
});

export const cardsReply = z.object({ cards: z.array(card) }).transform((reply) => reply.cards);

const openItem: z.ZodType<OpenItem> = z.object({
  id,
  title: z.string().min(1),
  amountFen: z.int().nonnegative(),
  expectedAt: time.optional(),
});
const items = z.array(openItem);

const autoDebit: z.ZodType<AutoDebit> = z.object({
  merchant: z.string().min(1),
  kind: z.enum(['subscription', 'instalment']),
  remaining: z.int().nonnegative().optional(),
});

/** One schema for each code that the dialogs have an answer to; a code missing here does not compile. */
const blockers: { [C in BlockerCode]: z.ZodType<Extract<Blocker, { code: C }>> } = {
  MAINTENANCE: z.object({ code: z.literal('MAINTENANCE'), announcementId: id.optional() }),
  RISK_LOCK: z.object({
    code: z.literal('RISK_LOCK'),
    requiredDocuments: z.array(z.enum(SLOTS)).optional(),
  }),
  IDENTITY_MISMATCH: z.object({
    code: z.literal('IDENTITY_MISMATCH'),
    reason: z.enum(['info-expired', 'not-holder']).optional(),
  }),
  CARD_CLOSED: z.object({ code: z.literal('CARD_CLOSED') }),
  CARD_LOST: z.object({ code: z.literal('CARD_LOST') }),
  CARD_FROZEN: z.object({ code: z.literal('CARD_FROZEN') }),
  UNSETTLED_BALANCE: z.object({ code: z.literal('UNSETTLED_BALANCE'), items }),
  WITHDRAWAL_IN_TRANSIT: z.object({ code: z.literal('WITHDRAWAL_IN_TRANSIT'), items }),
  UNPAID_BILL: z.object({ code: z.literal('UNPAID_BILL'), items }),
  VERIFICATION_LOCKED: z.object({ code: z.literal('VERIFICATION_LOCKED'), until: time.optional() }),
  RECENTLY_BOUND: z.object({ code: z.literal('RECENTLY_BOUND'), until: time.optional() }),
};

function isKnown(name: string): name is BlockerCode {
  return Object.hasOwn(blockers, name);
}

const blocker = z.looseObject({ code }).transform((raw, context): Blocker | { unknown: string } => {
  if (!isKnown(raw.code)) return { unknown: raw.code };
  const parsed = blockers[raw.code].safeParse(raw);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

export interface EligibilityReply {
  eligibility: Eligibility;
  /** Codes of a newer platform that no dialog knows, fit to be logged. */
  unknownCodes: string[];
}

/**
 * Blockers with a code of a newer platform are left out of the answer but still count: the card is not
 * eligible, perhaps with an empty list, which means "refused, the reason is not known here". A malformed
 * blocker with a known code makes the whole reply nonsense.
 */
export const eligibilityReply = z
  .object({
    eligible: z.boolean(),
    blockers: z.array(blocker),
    autoDebits: z.array(autoDebit).default([]),
  })
  .transform((reply): EligibilityReply => {
    const known = reply.blockers.filter((b): b is Blocker => !('unknown' in b));
    const unknownCodes = reply.blockers.flatMap((b) => ('unknown' in b ? [toLoggable(b.unknown)] : []));
    const eligible = reply.eligible && reply.blockers.length === 0;
    return { eligibility: { eligible, blockers: known, autoDebits: reply.autoDebits }, unknownCodes };
  });

/** A code is a word in capitals; anything else might be somebody's data. */
function toLoggable(name: string): string {
  return /^[A-Z_]{1,64}$/.test(name) ? name : 'not a code';
}

const unbindRequest: z.ZodType<UnbindRequest> = z.object({
  id,
  cardId: id,
  status: z.enum(['processing', 'completed', 'failed', 'revoked']),
  submittedAt: time,
  revocableUntil: time.optional(),
  completedAt: time.optional(),
});

export const unbindRequestsReply = z
  .object({ unbindRequests: z.array(unbindRequest) })
  .transform((reply) => reply.unbindRequests);

const announcement: z.ZodType<Announcement> = z.object({
  id,
  kind: z.enum(['maintenance', 'notice']),
  title: z.string().min(1),
  active: z.boolean(),
  startsAt: time.optional(),
  endsAt: time.optional(),
});

export const announcementsReply = z
  .object({ announcements: z.array(announcement) })
  .transform((reply) => reply.announcements);

export const identityLinkReply = z.object({ customerId: id });

/** Body of a review decision, as the sandbox checks it. */
export const reviewDecisionBody = z.object({
  caseId: id.max(128),
  customerId: id.max(128),
  kind: z.string().min(1).max(64),
  decision: z.enum(['approved', 'rejected']),
  decidedAt: time,
});

export const reviewReceipt = z.object({
  caseId: id,
  decision: z.enum(['approved', 'rejected']),
  cleared: z.array(code),
  receivedAt: time,
});
export type ReviewReceipt = z.infer<typeof reviewReceipt>;

export const errorReply = z.object({
  error: z.object({ code: z.string().regex(/^[A-Z_]+$/), message: z.string() }),
});
