import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { mayDo, type StaffMember } from '../../domain/staff.ts';
import type { StaffSession } from '../../staff/index.ts';
import { followChat } from './feed.ts';
import type { LiveTimes } from './live-routes.ts';
import { type ChatOfEvent, type DeskNews, followDesk } from './news.ts';
import { type ChatParts, maySee } from './parts.ts';

/** Why the server closes a socket. */
const CLOSED = { sessionEnded: 4401, notAllowed: 4403, tooSlow: 1013, failed: 1011 } as const;
/** Unsent bytes above which a page is too slow; it comes back and goes on from its numbers. */
const MOST_UNSENT = 1024 * 1024;
/** Chats that one page looks at. */
const MOST_WATCHED = 50;
/** Frames of a page that wait to be carried out. */
const MOST_ASKED = 500;

const frameShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watch'), chatId: z.uuid(), after: z.int().min(0).default(0) }),
  z.object({ type: z.literal('unwatch'), chatId: z.uuid() }),
]);

interface LiveParts extends ChatParts {
  socket: WebSocket;
  member: StaffMember;
  after: number | undefined;
  times: LiveTimes;
  chatOf: ChatOfEvent;
  /** The session as it is now; undefined once it has ended. */
  peek(): Promise<StaffSession | undefined>;
  log: FastifyBaseLogger;
}

function frameIn(data: unknown) {
  try {
    return frameShape.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}

/** Serves one socket until it ends: the desk's events, the watched chats, the agent's presence. */
export function runLive(parts: LiveParts): void {
  const { socket, desk, store, live, chatOf, times, log } = parts;
  let { member } = parts;
  let heardFrom = true;
  let asked = 0;
  /** What the page asks for, one after the other: of two feeds of a chat nobody would end the first. */
  let work: Promise<void> = Promise.resolve();
  const watched = new Map<string, Promise<() => Promise<void>>>();
  const isOpen = () => socket.readyState === socket.OPEN;

  function send(frame: object): void {
    if (!isOpen()) return;
    if (socket.bufferedAmount <= MOST_UNSENT) {
      socket.send(JSON.stringify(frame));
      return;
    }
    socket.close(CLOSED.tooSlow, 'too slow');
    // It does not read: nor will it read that.
    setTimeout(() => socket.terminate(), 1000).unref();
  }

  function failed(error: unknown): void {
    log.warn({ err: error }, 'a live socket of the desk failed');
    socket.close(CLOSED.failed, 'try again');
  }

  /** The chat, where they may see it, and where to go on from: not beyond its end, which would not be seen then. */
  async function startOf(chatId: string, after: number) {
    const seen = await desk.get(chatId);
    const latest = seen && (await store.find(seen.conversationId))?.lastSeq;
    // Once more: an entry that ends it meanwhile comes after the latest.
    const handoff = latest === undefined ? undefined : await desk.get(chatId);
    if (!handoff || !maySee(handoff, member)) return undefined;
    const { conversationId, endedAt, endSeq: until, startSeq } = handoff;
    const known = endedAt === undefined || until !== undefined ? (latest ?? 0) : startSeq;
    return { conversationId, until, after: Math.min(after, known) };
  }

  async function watch(chatId: string, after: number): Promise<void> {
    await unwatch(chatId);
    const start = watched.size < MOST_WATCHED ? await startOf(chatId, after) : undefined;
    if (!start) return send({ type: 'unwatched', chatId });
    const feed = followChat({ ...start, store, chatId, send, failed });
    watched.set(chatId, feed);
    await feed;
    // Closed while it was being opened: nobody else would end it.
    if (!isOpen()) await unwatch(chatId);
  }

  async function unwatch(chatId: string): Promise<void> {
    const feed = watched.get(chatId);
    watched.delete(chatId);
    await (await feed)?.();
  }

  function next(step: () => Promise<void>): void {
    asked += 1;
    work = work
      .then(() => (isOpen() ? step() : undefined))
      .catch(failed)
      .finally(() => {
        asked -= 1;
      });
  }

  async function leave(chatId: string): Promise<void> {
    if (!watched.has(chatId)) return;
    await unwatch(chatId);
    send({ type: 'unwatched', chatId });
  }

  /** A chat that has gone to somebody else is not told on. */
  function leaveLost(events: readonly DeskNews[]): void {
    const lost = events.flatMap(({ handoffId, handoff }) => (handoff ? [] : (handoffId ?? [])));
    if (lost.length === 0) return;
    next(async () => {
      for (const chatId of new Set(lost)) await leave(chatId);
    });
  }

  /** Who serves other groups now does not go on with what waits in those before. */
  async function leaveForeign(): Promise<void> {
    for (const chatId of [...watched.keys()]) {
      const handoff = await desk.get(chatId);
      if (!handoff || !maySee(handoff, member)) await leave(chatId);
    }
  }

  async function look(): Promise<void> {
    const session = await parts.peek();
    if (session?.stage !== 'full') return socket.close(CLOSED.sessionEnded, 'session ended');
    const before = member;
    member = session.member;
    if (!mayDo(member.roles, 'chat')) return socket.close(CLOSED.notAllowed, 'not allowed');
    if (before.version !== member.version) next(leaveForeign);
  }

  async function beat(): Promise<void> {
    if (!heardFrom) return socket.terminate();
    heardFrom = false;
    socket.ping();
    await desk.heartbeat(member);
  }

  const following = followDesk({
    ...{ desk, live, chatOf, failed },
    after: parts.after,
    member: () => member,
    send(frame) {
      send(frame);
      leaveLost(frame.events);
    },
    reset: (seq) => send({ type: 'reset', seq }),
  });
  following.catch(failed);
  desk.heartbeat(member).catch(failed);

  const timers = [
    setInterval(() => void look().catch(failed), times.sessionMs),
    setInterval(() => void beat().catch(failed), times.heartbeatMs),
  ];
  const hear = () => {
    heardFrom = true;
  };
  socket.on('pong', hear);
  socket.on('message', (data) => {
    hear();
    if (asked > MOST_ASKED) return socket.close(CLOSED.tooSlow, 'too much at once');
    const frame = frameIn(data);
    if (frame)
      next(() => (frame.type === 'watch' ? watch(frame.chatId, frame.after) : unwatch(frame.chatId)));
  });
  socket.on('error', (error) => log.debug({ err: error }, 'live socket failed'));
  socket.on('close', () => {
    for (const timer of timers) clearInterval(timer);
    following.then((stop) => stop()).catch(() => undefined);
    for (const chatId of [...watched.keys()]) unwatch(chatId).catch(() => undefined);
  });
}
