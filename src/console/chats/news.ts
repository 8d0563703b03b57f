import type { DeskEvent, Handoff } from '../../domain/desk.ts';
import { auditName, mayDo, type StaffMember } from '../../domain/staff.ts';
import type { Desk, DeskLive } from '../../handoff/index.ts';
import { maySee } from './parts.ts';
import { chatOf } from './shapes.ts';

type Chat = ReturnType<typeof chatOf<Handoff>>;

/** An event of the desk, with its chat as it is now where the reader may see it. */
export type DeskNews = DeskEvent & { handoff?: Chat | undefined };

const KEPT = 1000;
const PAGE = 500;

/** The chats of events, read once for all sockets of this process. */
export function chatsOfEvents(desk: Pick<Desk, 'get' | 'targets'>) {
  const known = new Map<number, Promise<Chat | undefined>>();

  async function read(handoffId: string): Promise<Chat | undefined> {
    const [handoff, targets] = await Promise.all([desk.get(handoffId), desk.targets()]);
    return handoff && chatOf(handoff, targets);
  }

  return ({ seq, handoffId }: DeskEvent): Promise<Chat | undefined> => {
    if (handoffId === undefined) return Promise.resolve(undefined);
    const found = known.get(seq) ?? read(handoffId);
    known.set(seq, found);
    // Whoever comes back after a failure reads it again.
    found.catch(() => known.delete(seq));
    if (known.size > KEPT) for (const old of [...known.keys()].slice(0, KEPT / 2)) known.delete(old);
    return found;
  };
}

export type ChatOfEvent = ReturnType<typeof chatsOfEvents>;

interface NewsParts {
  desk: Pick<Desk, 'events' | 'lastSeq'>;
  live: DeskLive;
  chatOf: ChatOfEvent;
  /** Whose socket it is, as their account is now. */
  member(): StaffMember;
  /** The number of the last event that the page has; absent = it begins now. */
  after: number | undefined;
  send(frame: { type: 'desk'; seq: number; events: DeskNews[] }): void;
  /** What the page has is too old to go on from: it has to be read anew. */
  reset(seq: number): void;
  failed(error: unknown): void;
}

/** Follows the desk's events from a number on, each once and in order, as far as the member may see them. */
export async function followDesk(parts: NewsParts): Promise<() => void> {
  const { desk, live, chatOf, member, send, reset, failed } = parts;
  /** Chats that were theirs to see: how one left them is news, too. */
  const seen = new Set<string>();
  let ended = false;

  function concerns(event: DeskEvent): boolean {
    const me = member();
    if (mayDo(me.roles, 'supervise') || event.type === 'settings' || event.type === 'presence') return true;
    if (event.staffId === me.id || event.data.from === me.id || event.actor === auditName(me)) return true;
    if (event.handoffId !== undefined && seen.has(event.handoffId)) return true;
    return event.group !== undefined && me.groups.includes(event.group);
  }

  async function newsOf(event: DeskEvent): Promise<DeskNews> {
    const handoff = await chatOf(event);
    const visible = handoff && maySee(handoff, member());
    if (visible) seen.add(handoff.id);
    else if (event.handoffId !== undefined) seen.delete(event.handoffId);
    return visible ? { ...event, handoff } : event;
  }

  let cursor = parts.after;
  async function tell(events: readonly DeskEvent[]): Promise<void> {
    const fresh = events.filter(({ seq }) => seq > (cursor ?? 0));
    const last = fresh.at(-1);
    if (!last || ended) return;
    const news: DeskNews[] = [];
    for (const event of fresh) if (concerns(event)) news.push(await newsOf(event));
    cursor = last.seq;
    send({ type: 'desk', seq: last.seq, events: news });
  }

  // One after the other: what came while the past was read waits until it has been told.
  let work: Promise<void> = Promise.resolve();
  const next = (step: () => Promise<void>) => {
    work = work.then(step).catch(failed);
  };

  async function catchUp(): Promise<void> {
    const last = await desk.lastSeq();
    if (cursor === undefined) cursor = last;
    if (cursor > last) {
      cursor = last;
      reset(last);
    }
    for (;;) {
      const events = await desk.events(cursor, PAGE);
      const first = events[0];
      if (first && first.seq > cursor + 1) {
        cursor = last;
        reset(last);
        continue;
      }
      await tell(events);
      if (events.length < PAGE || ended) return;
    }
  }

  const unsubscribe = await live.subscribe((events) => next(() => tell(events)));
  next(catchUp);
  return () => {
    ended = true;
    unsubscribe();
  };
}
