import { z } from 'zod';
import { RETENTION_OUTCOMES } from '../domain/retention.ts';
import { searchTime } from './shapes.ts';
import { caseNumber, slot, text, time } from './shapes-review.ts';

/** Legal holds, retention, what is kept of customers, and the audit. */
const customerId = z.string().trim().min(1).max(128);

export const hold = z.object({
  id: z.uuid(),
  caseNumber: z.string().nullable(),
  customerId: z.string().nullable(),
  reason: z.string(),
  setBy: z.string(),
  setAt: time,
  liftedBy: z.string().nullable(),
  liftedAt: time.nullable(),
});
export const holdsQuery = z.object({ standing: z.enum(['true', 'false']).default('true') });
export const holdBody = z.union([
  z.strictObject({ caseNumber, reason: text }),
  z.strictObject({ customerId, reason: text }),
]);
export const liftBody = z.object({ reason: text });

export const retentionTable = z.object({
  classes: z.array(z.object({ slot, outcome: z.enum(RETENTION_OUTCOMES), days: z.number() })),
});

export const customerBody = z.object({ customerId });
/** The id once more, so that nobody deletes by a slip. */
export const deletionBody = customerBody.extend({ confirm: z.string() });

export const customerExport = z.object({
  customerId: z.string(),
  exportedAt: time,
  cases: z.array(
    z.object({
      number: z.string().nullable(),
      kind: z.string(),
      state: z.string(),
      cardLast4: z.string().nullable(),
      note: z.string().nullable(),
      createdAt: time,
      submittedAt: time.nullable(),
      decidedAt: time.nullable(),
      documents: z.array(
        z.object({
          slot: z.string(),
          receivedAt: time,
          destroyedAt: time.nullable(),
          sizeBytes: z.int(),
          sha256: z.string(),
        }),
      ),
      consents: z.array(z.object({ purpose: z.string(), version: z.string(), givenAt: time })),
    }),
  ),
  files: z.array(
    z.object({
      name: z.string(),
      from: z.enum(['customer', 'agent']),
      mediaType: z.string(),
      receivedAt: time,
      destroyedAt: time.nullable(),
      sizeBytes: z.int(),
      sha256: z.string(),
    }),
  ),
  reminders: z.array(
    z.object({
      kind: z.string(),
      state: z.string(),
      about: z.string().nullable(),
      dueAt: time.nullable(),
      createdAt: time,
    }),
  ),
  conversations: z.array(
    z.object({
      id: z.string(),
      app: z.object({ channel: z.string(), userId: z.string() }).optional(),
      messages: z.array(
        z.object({ at: z.string(), from: z.enum(['customer', 'bot', 'agent']), text: z.string() }),
      ),
      turns: z.array(
        z.object({
          seq: z.int(),
          at: time,
          topic: z.string().nullable(),
          intent: z.string().nullable(),
        }),
      ),
    }),
  ),
});

export const deletion = z.object({
  deleted: z.object({
    cases: z.int(),
    documents: z.int(),
    files: z.int(),
    notes: z.int(),
    reminders: z.int(),
    turns: z.int(),
  }),
  kept: z.array(
    z.object({
      what: z.enum(['everything', 'case', 'consents', 'audit', 'conversations']),
      why: z.enum(['legal-hold', 'undecided', 'proof', 'accountability', 'masked-log']),
      number: z.string().optional(),
    }),
  ),
});

const auditLine = z.object({
  seq: z.int(),
  at: time,
  actor: z.string(),
  staffNumber: z.string().optional(),
  action: z.string(),
  caseId: z.uuid().optional(),
  caseNumber: z.string().optional(),
  before: z.record(z.string(), z.unknown()).optional(),
  after: z.record(z.string(), z.unknown()).optional(),
  hash: z.string(),
});
export const auditQuery = z.object({
  actor: z.string().max(100).optional(),
  staffNumber: z.string().trim().max(10).optional(),
  action: z.string().max(60).optional(),
  caseId: z.uuid().optional(),
  caseNumber: caseNumber.optional(),
  from: searchTime.optional(),
  to: searchTime.optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const auditPage = z.object({ lines: z.array(auditLine), next: z.int().optional() });
export const auditCheck = z.union([
  z.object({ kind: z.literal('intact'), rows: z.int(), hash: z.string() }),
  z.object({
    kind: z.literal('tampered'),
    seq: z.int(),
    reason: z.enum(['changed', 'missing', 'unlinked']),
  }),
]);
