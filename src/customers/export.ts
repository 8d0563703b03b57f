import { asc, eq, inArray, or } from 'drizzle-orm';
import type { ConversationStore, LogEntry } from '../conversation/store.ts';
import { appendAudit } from '../database/audit.ts';
import type { Database, Queries } from '../database/database.ts';
import { cases, chatFiles, consents, deliveries, documents, turns } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { conversationsOf, remindersOf } from './records.ts';

/** 个人信息副本 (个人信息保护法 第45条): all that is kept of a customer, as it is kept: masked. */
export interface CustomerExport {
  customerId: string;
  exportedAt: string;
  cases: ExportedCase[];
  /** Sent in chats with people at the desk, either way. */
  files: ExportedFile[];
  reminders: { kind: string; state: string; about: string | null; dueAt: string | null; createdAt: string }[];
  conversations: {
    id: string;
    /** Who they are in the messaging app that it was held in. */
    app?: { channel: string; userId: string } | undefined;
    messages: { at: string; from: 'customer' | 'bot' | 'agent'; text: string }[];
    /** Decisions of the bot that are kept for reports. */
    turns: { seq: number; at: string; topic: string | null; intent: string | null }[];
  }[];
}

interface ExportedCase {
  number: string | null;
  kind: string;
  state: string;
  cardLast4: string | null;
  note: string | null;
  createdAt: string;
  submittedAt: string | null;
  decidedAt: string | null;
  documents: {
    slot: string;
    receivedAt: string;
    destroyedAt: string | null;
    sizeBytes: number;
    sha256: string;
  }[];
  consents: { purpose: string; version: string; givenAt: string }[];
}

interface ExportedFile {
  name: string;
  from: 'customer' | 'agent';
  mediaType: string;
  receivedAt: string;
  destroyedAt: string | null;
  sizeBytes: number;
  sha256: string;
}

const PAGE = 500;

async function messagesOf(store: Pick<ConversationStore, 'read'>, id: string) {
  const messages: CustomerExport['conversations'][number]['messages'] = [];
  for (let after = 0; ; ) {
    const entries = await store.read(id, after, PAGE);
    messages.push(...entries.flatMap(messageIn));
    const last = entries.at(-1);
    if (!last || entries.length < PAGE) return messages;
    after = last.seq;
  }
}

function messageIn({ origin, activity }: LogEntry) {
  if (origin === 'system' || activity.type !== 'message' || !activity.text) return [];
  const at = activity.timestamp === undefined ? '' : new Date(activity.timestamp).toISOString();
  return [{ at, from: origin, text: activity.text }];
}

async function casesOf(db: Queries, customerId: string): Promise<ExportedCase[]> {
  const rows = await db
    .select()
    .from(cases)
    .where(eq(cases.customerId, customerId))
    .orderBy(asc(cases.createdAt));
  const ids = rows.map(({ id }) => id);
  const pictures = await db.select().from(documents).where(inArray(documents.caseId, ids));
  const given = await db.select().from(consents).where(inArray(consents.caseId, ids));
  return rows.map((row) => ({
    ...{ number: row.number, kind: row.kind, state: row.state, cardLast4: row.cardLast4, note: row.note },
    createdAt: row.createdAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    documents: pictures
      .filter(({ caseId }) => caseId === row.id)
      .map(({ slot, createdAt, purgedAt, sizeBytes, contentSha256 }) => ({
        ...{ slot, sizeBytes, sha256: contentSha256, receivedAt: createdAt.toISOString() },
        destroyedAt: purgedAt?.toISOString() ?? null,
      })),
    consents: given
      .filter(({ caseId }) => caseId === row.id)
      .map(({ purpose, version, givenAt }) => ({ purpose, version, givenAt: givenAt.toISOString() })),
  }));
}

async function appOf(db: Queries, conversationId: string) {
  const { channel, userId } = deliveries;
  const [app] = await db
    .select({ channel, userId })
    .from(deliveries)
    .where(eq(deliveries.conversationId, conversationId));
  return app;
}

async function sentFiles(db: Queries, customerId: string, conversations: string[]): Promise<ExportedFile[]> {
  const rows = await db
    .select()
    .from(chatFiles)
    .where(or(eq(chatFiles.customerId, customerId), inArray(chatFiles.conversationId, conversations)))
    .orderBy(asc(chatFiles.createdAt));
  return rows.map(({ name, staffId, mediaType, createdAt, destroyedAt, sizeBytes, contentSha256 }) => ({
    ...{ name, mediaType, sizeBytes, sha256: contentSha256, from: staffId ? 'agent' : 'customer' },
    receivedAt: createdAt.toISOString(),
    destroyedAt: destroyedAt?.toISOString() ?? null,
  }));
}

/** Collects what is kept of a customer; that it was handed out stands in the audit. */
export function exportCustomer(parts: {
  database: Database;
  store: Pick<ConversationStore, 'read'>;
  clock: Clock;
}): (customerId: string, actor: StaffActor) => Promise<CustomerExport> {
  const { database, store, clock } = parts;
  return async (customerId, actor) => {
    const conversations = await database.run((db) => conversationsOf(db, customerId));
    const found = await database.run((db) => casesOf(db, customerId));
    const files = await database.run((db) => sentFiles(db, customerId, conversations));
    const wanted = await database.run((db) => remindersOf(db, customerId, conversations));
    const exported: CustomerExport = {
      ...{ customerId, exportedAt: clock.now().toISOString(), cases: found, files, conversations: [] },
      reminders: wanted.map(({ kind, state, about, dueAt, createdAt }) => ({
        ...{ kind, state, about, dueAt: dueAt?.toISOString() ?? null, createdAt: createdAt.toISOString() },
      })),
    };
    for (const id of conversations) {
      const known = await database.run((db) =>
        db
          .select({ seq: turns.seq, at: turns.at, topic: turns.topic, intent: turns.intent })
          .from(turns)
          .where(eq(turns.conversationId, id))
          .orderBy(asc(turns.seq)),
      );
      const told = known.map((turn) => ({ ...turn, at: turn.at.toISOString() }));
      const app = await database.run((db) => appOf(db, id));
      const messages = await messagesOf(store, id);
      exported.conversations.push({ id, ...(app && { app }), messages, turns: told });
    }
    await database.transaction((tx) =>
      appendAudit(tx, {
        at: clock.now(),
        actor: auditName(actor),
        action: 'customer.exported',
        after: { customerId, cases: found.length, conversations: conversations.length },
      }),
    );
    return exported;
  };
}
