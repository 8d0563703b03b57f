import { z } from 'zod';
import { DESK_EVENTS, type Handoff } from '../../domain/desk.ts';
import { HANDOFF_STATES, RATING_REASONS, SLA_CLOCKS, WRAP_UP_CODES } from '../../domain/handoff.ts';
import { PRESENCES, ROLES } from '../../domain/staff.ts';
import type { TargetsFor } from '../../handoff/index.ts';

/** Answers about chats; what is not named here does not leave the server. Times are ISO-8601 UTC. */
const time = z.iso.datetime();

export const staffName = z.object({ id: z.string(), number: z.string(), name: z.string() });

/** When each service time is over; absent once it has been kept or there is nothing to keep. */
const deadlines = z.object({
  firstReply: time.optional(),
  nextReply: time.optional(),
  resolution: time.optional(),
  /** Of an offer. */
  accept: time.optional(),
  /** Until when a closed one can be opened again. */
  reopen: time.optional(),
});

export const chat = z.object({
  id: z.uuid(),
  conversationId: z.string(),
  channel: z.string(),
  customerId: z.string().optional(),
  locale: z.string(),
  group: z.string(),
  skills: z.array(z.string()),
  priority: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  state: z.enum(HANDOFF_STATES),
  reason: z.string().optional(),
  topic: z.string().optional(),
  step: z.string().optional(),
  words: z.string().optional(),
  about: z
    .object({
      bank: z.string().optional(),
      cardLast4: z.string().optional(),
      causes: z.array(z.string()),
    })
    .optional(),
  requestedAt: time,
  queuedAt: time,
  returned: z.boolean(),
  offeredTo: staffName.optional(),
  offeredAt: time.optional(),
  agent: staffName.optional(),
  acceptedAt: time.optional(),
  firstReplyAt: time.optional(),
  lastReplyAt: time.optional(),
  waitingSince: time.optional(),
  endedAt: time.optional(),
  endedAs: z.enum(['closed', 'returned', 'cancelled', 'self-service']).optional(),
  wrapUp: z.object({ code: z.enum(WRAP_UP_CODES), summary: z.string().optional() }).optional(),
  rating: z.object({ score: z.int(), reasons: z.array(z.enum(RATING_REASONS)) }).optional(),
  breaches: z.array(z.enum(SLA_CLOCKS)),
  reopens: z.string().optional(),
  startSeq: z.int(),
  endSeq: z.int().optional(),
  version: z.int(),
  deadlines,
});

export const queuedChat = chat.extend({
  position: z.int(),
  etaMinutes: z.object({ from: z.int(), to: z.int() }).nullable(),
});

export const agent = staffName.extend({
  roles: z.array(z.enum(ROLES)),
  groups: z.array(z.string()),
  skills: z.array(z.string()),
  capacity: z.int(),
  presence: z.enum(PRESENCES),
  since: time.optional(),
  active: z.int(),
  offered: z.int(),
});

export const group = z.object({ id: z.string(), name: z.string(), active: z.boolean() });

export const note = z.object({
  id: z.uuid(),
  handoffId: z.uuid(),
  conversationId: z.string(),
  author: staffName,
  text: z.string(),
  mentions: z.array(z.string()),
  at: time,
});

export const deskEvent = z.object({
  seq: z.int(),
  at: time,
  type: z.enum(DESK_EVENTS),
  handoffId: z.uuid().optional(),
  conversationId: z.string().optional(),
  group: z.string().optional(),
  staffId: z.uuid().optional(),
  actor: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** The sender's own id of a message. */
export const clientId = z.string().regex(/^[\w.:-]{8,64}$/);

/** One line of a conversation as the desk shows it. */
export const message = z.object({
  seq: z.int(),
  at: z.string(),
  origin: z.enum(['customer', 'bot', 'agent']),
  /** `recall`: takes back the message `recalls`; `event`: the hand-off moved; `upload-request`: for `slot`. */
  kind: z.enum(['text', 'files', 'upload-request', 'recall', 'event', 'unreadable']),
  text: z.string().optional(),
  /** 工号 of an agent. */
  from: z.string().optional(),
  /** The sender's own id of a message of an agent. */
  clientId: z.string().optional(),
  /** Known as far as this answer reaches; a later line of kind `recall` tells it, too. */
  recalled: z.boolean(),
  recalls: z.int().optional(),
  slot: z.string().optional(),
  files: z.array(
    z.object({
      name: z.string(),
      contentType: z.string(),
      /** Of a file that was sent in the chat itself; documents of cases are looked at in the review. */
      id: z.uuid().optional(),
      sizeBytes: z.int().optional(),
      width: z.int().optional(),
      height: z.int().optional(),
    }),
  ),
  quickReplies: z.array(z.string()),
  event: z.object({ name: z.string(), value: z.unknown() }).optional(),
});
/** What is known of a file besides its name and type. */
export const fileFacts = message.shape.files.element.omit({ name: true, contentType: true });
export type ChatMessage = z.infer<typeof message>;

const after = (from: string, seconds: number) => new Date(Date.parse(from) + seconds * 1000).toISOString();

/** A hand-off with the times until which it has to be served. */
export function chatOf<T extends Handoff>(handoff: T, targetsFor: TargetsFor) {
  const { group, slaFrom, firstReplyAt, waitingSince, offeredAt, endedAt, state } = handoff;
  const open = endedAt === undefined && state !== 'message';
  const { firstReplySeconds, nextReplySeconds, resolutionMinutes, acceptSeconds, reopenHours } =
    targetsFor(group);
  const asked = open && firstReplyAt === undefined;
  return {
    ...handoff,
    deadlines: {
      ...(asked && { firstReply: after(slaFrom, firstReplySeconds) }),
      ...(open && !asked && waitingSince && { nextReply: after(waitingSince, nextReplySeconds) }),
      ...(state === 'closed' && endedAt && { reopen: after(endedAt, reopenHours * 3600) }),
      ...(offeredAt && { accept: after(offeredAt, acceptSeconds) }),
      ...(open && { resolution: after(slaFrom, resolutionMinutes * 60) }),
    },
  };
}

export { one } from '../shapes.ts';

export const done = z.object({ chat });
