import type { ConversationStore } from '../../conversation/store.ts';
import type { DeskFiles } from '../../documents/chat-file-views.ts';
import type { ChatFiles } from '../../documents/chat-files.ts';
import type { Cases } from '../../domain/case.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Deliveries } from '../../domain/delivery.ts';
import type { Handoff } from '../../domain/desk.ts';
import type { Mask } from '../../domain/intent.ts';
import type { Platform } from '../../domain/platform.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import { mayDo, type StaffMember } from '../../domain/staff.ts';
import type { Desk, DeskLive, DeskOutcome, Transcripts } from '../../handoff/index.ts';
import type { QuickReplies } from '../../handoff/quick-replies.ts';
import type { SearchTranscripts } from '../../handoff/search.ts';
import { Refusal } from '../refusal.ts';

/** What the desk's chats are served from. */
export interface ChatParts {
  desk: Desk;
  live: DeskLive;
  transcripts: Pick<Transcripts, 'read'>;
  search: SearchTranscripts;
  quickReplies: QuickReplies;
  store: Pick<ConversationStore, 'read' | 'append' | 'subscribe' | 'pass' | 'find'>;
  platform: Pick<Platform, 'customer' | 'cards' | 'eligibility'>;
  cases: Pick<Cases, 'list'>;
  files: Pick<ChatFiles, 'receive' | 'withdraw'>;
  deskFiles: DeskFiles;
  /** Whether files of the desk get to customers who write there. */
  takesFiles(channel: string): boolean;
  /** To messaging apps. */
  deliveries: Pick<Deliveries, 'find' | 'resume' | 'skip'>;
  mask: Mask;
  memory: SharedMemory;
  clock: Clock;
}

const NOT_FOUND = new Refusal(404, 'NotFound', 'There is no such chat.');

/** Supervisors see every chat; agents their own, those offered to them, and what waits in their groups. */
export function maySee(handoff: Handoff, member: StaffMember): boolean {
  if (mayDo(member.roles, 'supervise')) return true;
  const { agent, offeredTo, state, group } = handoff;
  if (agent?.id === member.id || offeredTo?.id === member.id) return true;
  return (state === 'queued' || state === 'message') && member.groups.includes(group);
}

/**
 * An agent's look at a customer's account ends when the chat can no longer be opened again: what was said stays theirs
 * to read, the account as it is now does not.
 */
export function mayLookAtAccount(
  { endedAt }: Handoff,
  member: StaffMember,
  { reopenHours, now }: { reopenHours: number; now: Date },
): boolean {
  if (endedAt === undefined || mayDo(member.roles, 'supervise')) return true;
  return now.getTime() < Date.parse(endedAt) + reopenHours * 3_600_000;
}

/** The chat, for whoever may see it. Throws the same 404 for one that is another's and one that is not. */
export async function seenChat(desk: Desk, id: string, member: StaffMember): Promise<Handoff> {
  const handoff = await desk.get(id);
  if (!handoff || !maySee(handoff, member)) throw NOT_FOUND;
  return handoff;
}

/** The hand-off of a step that was carried out. Throws what the others are told as. */
export function handoffOf(outcome: DeskOutcome): Handoff {
  switch (outcome.kind) {
    case 'done':
      return outcome.handoff;
    case 'unknown':
    case 'other-group':
      throw NOT_FOUND;
    case 'taken': {
      const { number, name } = outcome.by;
      throw new Refusal(409, 'Taken', `${number} has this chat.`, undefined, { number, name });
    }
    case 'wrong-state':
      throw new Refusal(409, 'WrongState', 'This is not possible any more.', undefined, {
        state: outcome.state,
      });
    case 'full':
      throw new Refusal(409, 'Full', 'There is no room for another chat.', undefined, {
        capacity: outcome.capacity,
      });
    case 'not-here':
      throw new Refusal(409, 'NotHere', 'Whoever should have it is not at the desk.');
    case 'unknown-group':
      throw new Refusal(409, 'UnknownGroup', 'There is no such group at work.');
    case 'nothing':
      throw new Refusal(409, 'NothingWaits', 'Nobody is waiting.');
    case 'too-late':
      throw new Refusal(409, 'TooLate', 'This chat cannot be opened again.');
  }
}
