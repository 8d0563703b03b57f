import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  DeskEvent,
  DeskEventType,
  DeskGroup,
  DeskSettings,
  Handoff,
  ServiceTargets,
} from '../../domain/desk.ts';
import type {
  HandoffMatter,
  HandoffState,
  MessageCause,
  Priority,
  RatingReason,
  SlaClock,
  WrapUpCode,
} from '../../domain/handoff.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import type { Presence } from '../../domain/staff.ts';
import { instant } from './instant.ts';
import { staff } from './staff.ts';

export const handoffs = pgTable(
  'handoffs',
  {
    id: uuid('id').primaryKey(),
    conversationId: text('conversation_id').notNull(),
    channel: text('channel').notNull(),
    customerId: text('customer_id'),
    locale: text('locale').notNull(),
    group: text('group_id').notNull(),
    skills: jsonb('skills').$type<string[]>().notNull(),
    priority: smallint('priority').$type<Priority>().notNull(),
    state: text('state').$type<HandoffState>().notNull(),
    reason: text('reason'),
    topic: text('topic'),
    step: text('step'),
    /** Of the customer, masked. */
    words: text('words'),
    about: jsonb('about').$type<HandoffMatter | null>(),
    /** Order of arrival, given by the database: clocks of processes may differ. */
    ticket: bigint('ticket', { mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    returned: boolean('returned').notNull().default(false),
    requestedAt: instant('requested_at').notNull(),
    queuedAt: instant('queued_at').notNull(),
    offeredTo: uuid('offered_to').references(() => staff.id),
    offeredAt: instant('offered_at'),
    /** Who has it, or had it last: the first to be asked when it is opened again. */
    assignedTo: uuid('assigned_to').references(() => staff.id),
    acceptedAt: instant('accepted_at'),
    /** Service times run from here: of a message that was left, from when it is taken up; absent = the request. */
    slaFrom: instant('sla_from'),
    firstReplyAt: instant('first_reply_at'),
    lastReplyAt: instant('last_reply_at'),
    waitingSince: instant('waiting_since'),
    apologisedAt: instant('apologised_at'),
    messageOfferedAt: instant('message_offered_at'),
    messageOfferedAs: text('message_offered_as').$type<MessageCause>(),
    /** The standing that the conversation was told last, and when. */
    toldStanding: text('told_standing'),
    toldAt: instant('told_at'),
    endedAt: instant('ended_at'),
    endedAs: text('ended_as').$type<NonNullable<Handoff['endedAs']>>(),
    wrapUpCode: text('wrap_up_code').$type<WrapUpCode>(),
    summary: text('summary'),
    ratingScore: smallint('rating_score'),
    ratingReasons: jsonb('rating_reasons').$type<RatingReason[]>(),
    breaches: jsonb('breaches').$type<SlaClock[]>().notNull(),
    reopens: uuid('reopens'),
    startSeq: integer('start_seq').notNull(),
    endSeq: integer('end_seq'),
    archivedAt: instant('archived_at'),
    idempotencyKey: text('idempotency_key').notNull().unique('handoffs_idempotency_key_unique'),
    version: integer('version').notNull(),
  },
  (table) => [
    uniqueIndex('handoffs_one_open')
      .on(table.conversationId)
      .where(sql`${table.state} in ('queued', 'active', 'message')`),
    index('handoffs_queue')
      .on(table.group, table.priority, table.returned.desc(), table.ticket)
      .where(sql`${table.state} = 'queued'`),
    index('handoffs_assigned').on(table.assignedTo).where(sql`${table.state} = 'active'`),
    index('handoffs_offered').on(table.offeredTo).where(sql`${table.offeredTo} is not null`),
    index('handoffs_messages').on(table.ticket).where(sql`${table.state} = 'message'`),
    index('handoffs_ended').on(table.group, table.endedAt).where(sql`${table.endedAt} is not null`),
    index('handoffs_customer').on(table.customerId, table.requestedAt),
    index('handoffs_conversation').on(table.conversationId, table.requestedAt),
    index('handoffs_to_archive')
      .on(table.endedAt)
      .where(sql`${table.endedAt} is not null and ${table.archivedAt} is null`),
    check('handoffs_state_known', sql`${table.state} in ('queued', 'active', 'message', 'closed', 'left')`),
    check('handoffs_active_assigned', sql`${table.state} <> 'active' or ${table.assignedTo} is not null`),
    check('handoffs_offered_queued', sql`${table.offeredTo} is null or ${table.state} = 'queued'`),
    check('handoffs_ended', sql`(${table.state} in ('closed', 'left')) = (${table.endedAt} is not null)`),
    check('handoffs_score', sql`${table.ratingScore} between 1 and 5`),
  ],
);

/** What happened at the desk, in the order of the commits. */
export const deskEvents = pgTable(
  'desk_events',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    type: text('type').$type<DeskEventType>().notNull(),
    handoffId: uuid('handoff_id'),
    conversationId: text('conversation_id'),
    group: text('group_id'),
    staffId: uuid('staff_id'),
    actor: text('actor').notNull(),
    data: jsonb('data').$type<DeskEvent['data']>().notNull(),
  },
  (table) => [
    index('desk_events_at').on(table.at),
    index('desk_events_handoff').on(table.handoffId, table.seq),
  ],
);

/** The one row that gives the numbers: whoever commits first has the lower one. */
export const deskHead = pgTable(
  'desk_head',
  { id: integer('id').primaryKey(), seq: bigint('seq', { mode: 'number' }).notNull() },
  (table) => [check('desk_head_single', sql`${table.id} = 1`)],
);

export const deskGroups = pgTable('desk_groups', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  routes: jsonb('routes').$type<DeskGroup['routes']>().notNull(),
  hours: jsonb('hours').$type<OpeningHours | null>(),
  targets: jsonb('targets').$type<ServiceTargets | null>(),
  autoAssign: boolean('auto_assign').notNull(),
  active: boolean('active').notNull(),
  place: integer('place').notNull(),
  version: integer('version').notNull(),
});

/** The one row of what supervisors have changed; what is absent is as the operator has configured it. */
export const deskSettings = pgTable(
  'desk_settings',
  {
    id: integer('id').primaryKey(),
    changed: jsonb('changed').$type<Partial<DeskSettings>>().notNull(),
    version: integer('version').notNull(),
  },
  (table) => [check('desk_settings_single', sql`${table.id} = 1`)],
);

/** Who is at the desk. Its row is what is locked while somebody is given a chat. */
export const presence = pgTable('presence', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id),
  presence: text('presence').$type<Presence>().notNull(),
  since: instant('since').notNull(),
  heartbeatAt: instant('heartbeat_at').notNull(),
  /** When they were given a chat last: whoever has waited longest is next. */
  servedAt: instant('served_at'),
});

/** 内部备注: for colleagues, never sent to the customer. */
export const handoffNotes = pgTable(
  'handoff_notes',
  {
    id: uuid('id').primaryKey(),
    handoffId: uuid('handoff_id')
      .notNull()
      .references(() => handoffs.id),
    conversationId: text('conversation_id').notNull(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    text: text('text').notNull(),
    mentions: jsonb('mentions').$type<string[]>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('handoff_notes_conversation').on(table.conversationId, table.at)],
);

/** One line of an archived talk. */
export interface ArchivedLine {
  seq: number;
  at: string;
  origin: 'customer' | 'bot' | 'agent';
  /** 工号 of an agent. */
  from?: string;
  text: string;
}

/** What was said in hand-offs that are over, masked as it was in the log; searched and read as past chats. */
export const transcripts = pgTable(
  'transcripts',
  {
    handoffId: uuid('handoff_id')
      .primaryKey()
      .references(() => handoffs.id),
    conversationId: text('conversation_id').notNull(),
    customerId: text('customer_id'),
    group: text('group_id').notNull(),
    endedAt: instant('ended_at').notNull(),
    lines: jsonb('lines').$type<ArchivedLine[]>().notNull(),
    /** All that was said, lower case, for the search. */
    words: text('words').notNull(),
  },
  (table) => [
    index('transcripts_customer').on(table.customerId, table.endedAt),
    index('transcripts_ended').on(table.endedAt),
  ],
);
