import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { LogEntry, Wake } from '../../conversation/store.ts';
import { checkOrigin } from './auth.ts';
import type { Context } from './context.ts';
import { encodePassing, type Viewer } from './encode.ts';
import { type ActivitySet, type History, readHistory, seqOfWatermark } from './history.ts';
import { DEFAULT_SOCKET_TIMES, type SocketTimes } from './options.ts';
import { Refusal } from './refusal.ts';
import type { StreamGrant } from './tickets.ts';

const TRY_AGAIN_LATER = 1013;
/** A client this far behind is served from the log, not from memory. */
const MOST_FRESH = 200;
/** Unsent bytes above which passing things (typing, keep-alives) are left out. */
const BUSY_BYTES = 64 * 1024;

interface StreamParts {
  socket: WebSocket;
  history: History;
  viewer: Viewer;
  times: SocketTimes;
  log: FastifyBaseLogger;
  subscribe(listener: (wake: Wake) => void): Promise<() => Promise<void>>;
}

/**
 * Sends the log to one socket, from the watermark on, each entry once and in order: a wake-up only says "look",
 * what is sent is what the log holds after the last entry sent. One frame is under way at a time, so a client
 * that reads slowly costs one frame of memory and one that does not read is dropped.
 */
function runStream({ socket, history, viewer, times, log, subscribe }: StreamParts): void {
  /** The log has to be looked at. */
  let wanted = false;
  /** Appended entries that came with their wake-up, in order. */
  let fresh: LogEntry[] = [];
  let running = false;
  let heardFrom = true;
  /** Told once per outage, not once per try. */
  let failing = false;
  let retry: NodeJS.Timeout | undefined;
  const isOpen = () => socket.readyState === socket.OPEN;

  function send(frame: string): Promise<void> {
    return new Promise((resolve) => {
      const stalled = setTimeout(() => socket.terminate(), times.stallMs);
      socket.send(frame, () => {
        clearTimeout(stalled);
        resolve();
      });
    });
  }

  async function sendSet(set: ActivitySet): Promise<void> {
    if (isOpen() && set.activities.length > 0) await send(JSON.stringify(set));
  }

  async function sendNew(): Promise<void> {
    while ((wanted || fresh.length > 0) && isOpen()) {
      const entries = fresh;
      fresh = [];
      const set = wanted ? undefined : await history.following(entries);
      if (set) {
        await sendSet(set);
        continue;
      }
      wanted = false;
      for (let set = await history.next(); set.activities.length > 0; set = await history.next()) {
        if (!isOpen()) return;
        await sendSet(set);
      }
    }
  }

  function resume(): void {
    if (running) return;
    running = true;
    sendNew()
      .then(() => {
        failing = false;
      })
      .catch((error: unknown) => {
        // The socket stays: thousands of clients coming back at once would not help a store that is away.
        if (!failing) log.warn({ err: error }, 'the log could not be read for a stream');
        failing = true;
        clearTimeout(retry);
        retry = setTimeout(look, times.retryMs * (1 + Math.random()));
      })
      .finally(() => {
        running = false;
        // Woken after the last look but before this: nobody else would look again.
        if ((wanted || fresh.length > 0) && isOpen() && !failing) resume();
      });
  }

  function look(): void {
    wanted = true;
    resume();
  }

  function hearOf(entries: readonly LogEntry[]): void {
    if (fresh.length + entries.length > MOST_FRESH) wanted = true;
    else fresh.push(...entries);
    resume();
  }

  function pass(wake: Extract<Wake, { kind: 'passing' }>): void {
    const activity = encodePassing(wake.activity, viewer);
    if (activity && isOpen() && socket.bufferedAmount < BUSY_BYTES) {
      socket.send(JSON.stringify({ activities: [activity] }));
    }
  }

  const keepAlive = setInterval(() => {
    if (!heardFrom) return socket.terminate();
    heardFrom = false;
    if (!isOpen() || socket.bufferedAmount > BUSY_BYTES) return;
    socket.send('');
    socket.ping();
    // Wake-ups may get lost between processes; the log does not.
    look();
  }, times.keepAliveMs);

  const subscribed = subscribe((wake) => (wake.kind === 'appended' ? hearOf(wake.entries) : pass(wake)));
  // Only now is the log read: what is appended from here on wakes us.
  subscribed.then(look, (error: unknown) => {
    log.warn({ err: error }, 'a stream could not be subscribed');
    socket.close(TRY_AGAIN_LATER);
  });

  // Clients send empty frames as keep-alive; whatever else they send is not for us.
  const hear = () => {
    heardFrom = true;
  };
  socket.on('message', hear);
  socket.on('pong', hear);
  socket.on('error', (error) => log.debug({ err: error }, 'stream socket failed'));
  socket.on('close', () => {
    clearInterval(keepAlive);
    clearTimeout(retry);
    subscribed
      .then((unsubscribe) => unsubscribe())
      .catch((err: unknown) => log.debug({ err }, 'unsubscribe'));
  });
}

const querySchema = z.object({
  t: z.string().catch(''),
  watermark: z.string().optional().catch(undefined),
});

/** `GET /conversations/{id}/stream`: the WebSocket. The ticket in its address is its only credential. */
export function streamRoute(app: FastifyInstance, context: Context): void {
  const grants = new WeakMap<object, StreamGrant>();
  const times = { ...DEFAULT_SOCKET_TIMES, ...context.options.socket };

  app.get<{ Params: { conversationId: string } }>(
    '/conversations/:conversationId/stream',
    {
      websocket: true,
      // Before the upgrade, so that a refusal is an HTTP status and no socket is opened.
      preValidation: async (request) => {
        const grant = await context.tickets.redeem(querySchema.parse(request.query).t);
        if (grant?.conversationId !== request.params.conversationId) {
          throw new Refusal(403, 'BadTicket', 'The stream address is used up or too old.');
        }
        checkOrigin(request, grant.trustedOrigins);
        grants.set(request, grant);
      },
    },
    (socket, request) => {
      const grant = grants.get(request);
      if (!grant) return socket.terminate();
      const { conversationId, userId } = grant;
      const viewer = context.viewer(userId);
      const afterSeq = seqOfWatermark(querySchema.parse(request.query).watermark);
      runStream({
        socket,
        viewer,
        times,
        log: request.log,
        history: readHistory(context.store, conversationId, viewer, afterSeq),
        subscribe: (listener) => context.store.subscribe(conversationId, listener),
      });
    },
  );
}
