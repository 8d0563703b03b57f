import { asc, eq, inArray, or } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { cases, chatFiles, handoffs, reminders } from '../database/schema/index.ts';

/** Conversations in which the customer had a case, wanted a reminder or a person, or sent or got a file: only these can be told to be theirs. */
export async function conversationsOf(db: Queries, customerId: string): Promise<string[]> {
  const own = await db
    .selectDistinct({ id: cases.conversationId })
    .from(cases)
    .where(eq(cases.customerId, customerId));
  const reminded = await db
    .selectDistinct({ id: reminders.conversationId })
    .from(reminders)
    .where(eq(reminders.customerId, customerId));
  const filed = await db
    .selectDistinct({ id: chatFiles.conversationId })
    .from(chatFiles)
    .where(eq(chatFiles.customerId, customerId));
  const handed = await db
    .selectDistinct({ id: handoffs.conversationId })
    .from(handoffs)
    .where(eq(handoffs.customerId, customerId));
  return [...new Set([...own, ...reminded, ...filed, ...handed].map(({ id }) => id))].sort();
}

/** The customer's reminders, also those wanted before they were known. */
export function remindersOf(db: Queries, customerId: string, conversations: string[]) {
  return db
    .select()
    .from(reminders)
    .where(or(eq(reminders.customerId, customerId), inArray(reminders.conversationId, conversations)))
    .orderBy(asc(reminders.createdAt));
}
