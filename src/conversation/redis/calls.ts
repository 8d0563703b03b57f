import { ANSWER_MS, type RedisClient } from './client.ts';
import { codeOf, RedisFault } from './fault.ts';
import type { Link } from './link.ts';
import { foreignKey } from './refusal.ts';
import type { Topology } from './topology.ts';

type Run<T> = (client: RedisClient) => Promise<T>;

interface Call {
  operation: string;
  /** Absent: any master will do. */
  key: string | undefined;
  run: Run<unknown>;
  deadline: number;
  /** Sent on this connection, and not answered yet. */
  sent: { link: Link; client: RedisClient } | undefined;
  /** Why it was not sent, or refused without effect. */
  code: string | undefined;
  /** `host:port` of another node that has the key until its slot has moved. */
  askAt: string | undefined;
  resolve(value: never): void;
  reject(fault: RedisFault): void;
}

/** Refusals that leave no trace and pass: the server loads, fails over, or another has the key. */
const PASSING = new Set(['LOADING', 'MOVED', 'ASK', 'TRYAGAIN', 'CLUSTERDOWN', 'MASTERDOWN', 'READONLY']);
/** Nothing was sent. */
const UNSENT = new Set(['ClientOfflineError', 'ClientClosedError']);
const DEMOTED = new Set(['READONLY', 'UNBLOCKED']);

const TICK_MS = 50;
/** A process that stood still this long has answers to read before it may call anything late. */
const STANDSTILL_MS = 500;

/** Runs commands on the master that has their key, and ends every call within 3 s. */
export function createCalls(topology: Topology) {
  // In the order of their deadlines, since all have the same time: one timer looks at the first ones.
  const open = new Set<Call>();
  let waiting: Call[] = [];
  let timer: NodeJS.Timeout | undefined;
  let tickedAt = 0;

  const anyLink = () => topology.masters().find((link) => link.client) ?? topology.masters()[0];

  function send(call: Call): void {
    const { key, askAt } = call;
    const link = askAt ? topology.linkAt(askAt) : key === undefined ? anyLink() : topology.linkOf(key);
    const client = link?.client;
    if (!link || !client) {
      call.code = link?.cause ?? 'CLUSTERDOWN';
      waiting.push(call);
      return;
    }
    call.sent = { link, client };
    // Directly before the command, which it is for.
    if (askAt) client.sendCommand(['ASKING']).catch(() => undefined);
    call.askAt = undefined;
    call.run(client).then(
      (value) => {
        open.delete(call);
        call.resolve(value as never);
      },
      (error: unknown) => refused(call, link, client, error),
    );
  }

  function refused(call: Call, link: Link, client: RedisClient, error: unknown): void {
    if (!open.has(call)) return;
    call.sent = undefined;
    const code = codeOf(error);
    if (DEMOTED.has(code)) link.lost(client, code);
    if (error instanceof RedisFault) {
      // Thrown on purpose, after something was written: not to be done again.
      open.delete(call);
      call.reject(new RedisFault(call.operation, code, error.explanation));
      return;
    }
    if (PASSING.has(code) || UNSENT.has(code)) {
      call.code = code;
      topology.refresh();
      if (code === 'ASK' && error instanceof Error) call.askAt = error.message.split(' ').at(-1);
      waiting.push(call);
      return;
    }
    open.delete(call);
    const { operation, key } = call;
    call.reject(key && code === 'WRONGTYPE' ? foreignKey(operation, key) : new RedisFault(operation, code));
  }

  function expire(call: Call): void {
    open.delete(call);
    if (!call.sent) {
      call.reject(new RedisFault(call.operation, call.code ?? 'closed'));
      return;
    }
    // Neither the client nor TCP would give such a connection up within minutes.
    call.sent.link.lost(call.sent.client, 'silent');
    call.reject(new RedisFault(call.operation, 'timeout', `no answer within ${ANSWER_MS} ms`));
  }

  function retry(): void {
    const again = waiting;
    waiting = [];
    for (const call of again) if (open.has(call)) send(call);
  }

  function tick(): void {
    const now = performance.now();
    const stoodStill = now - tickedAt > STANDSTILL_MS;
    tickedAt = now;
    if (!stoodStill) {
      for (const call of open) {
        if (call.deadline > now) break;
        expire(call);
      }
    }
    retry();
    if (open.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    call<T>(operation: string, key: string | undefined, run: Run<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        const now = performance.now();
        const call: Call = {
          operation,
          key,
          run,
          deadline: now + ANSWER_MS,
          sent: undefined,
          code: undefined,
          askAt: undefined,
          resolve,
          reject,
        };
        open.add(call);
        if (!timer) {
          tickedAt = now;
          timer = setInterval(tick, TICK_MS);
        }
        send(call);
      });
    },
    /** A server came or slots moved: what waited is sent. */
    retry,
    /** Ends what was not answered. */
    close(): void {
      clearInterval(timer);
      timer = undefined;
      waiting = [];
      for (const call of open) call.reject(new RedisFault(call.operation, call.code ?? 'closed'));
      open.clear();
    },
  };
}
