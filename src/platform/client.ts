import { CircuitState, DelegateBackoff, handleWhen, retry } from 'cockatiel';
import type { z } from 'zod';
import { type Clock, systemClock } from '../domain/clock.ts';
import type { Lookup, Platform } from '../domain/platform.ts';
import { CIRCUIT_DEFAULTS, type CircuitOptions } from './circuit.ts';
import { Circuits } from './circuits.ts';
import { PlatformRefused, PlatformUnavailable } from './errors.ts';
import {
  announcementsReply,
  cardsReply,
  customerReply,
  eligibilityReply,
  errorReply,
  identityLinkReply,
  reviewReceipt,
  unbindRequestsReply,
} from './schemas.ts';
import { type Call, createTransport, type Reply } from './transport.ts';

/** The part of a pino logger that is used. Nothing personal is ever passed to it. */
export interface PlatformLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface PlatformClientOptions {
  /** With or without a path; `/v1/…` is appended. */
  baseUrl: string;
  token: string;
  /** Of one attempt, body included. */
  timeoutMs?: number;
  clock?: Clock;
  log?: PlatformLog;
  /** For tests and unusual networks. */
  circuit?: Partial<CircuitOptions>;
}

export interface PlatformClient extends Platform {
  /** Drops open connections; calls under way end as unavailable. */
  close(): Promise<void>;
}

/** Statuses that speak of our set-up or of the moment, not of the request: sending it again may help. */
const TEMPORARY_STATUSES = new Set([401, 403, 407, 408, 425, 429]);
const LONGEST_ID = 128;

/**
 * Client of the account API in openapi.yaml.
 *
 * A query takes at most two timeouts plus 200 ms. After two failures in a row a customer's further
 * queries are `unavailable` at once, and until something succeeds others wait 700 ms at most. After three
 * failures with two customers, or without a connection, everybody's are `unavailable` at once; then one
 * query at a time probes, and its customer waits 300 ms at most. Waiting ends, the query itself goes on.
 */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const { baseUrl, token, timeoutMs = 2000, clock = systemClock, log } = options;
  const transport = createTransport({ baseUrl, token, timeoutMs });
  const circuits = new Circuits({ ...CIRCUIT_DEFAULTS, ...options.circuit }, (state) => {
    if (state === CircuitState.Open) log?.warn({ state: 'open' }, 'platform circuit');
    if (state === CircuitState.Closed) log?.info({ state: 'closed' }, 'platform circuit');
  });

  async function attempt<T>(call: Call, subject: string, read: (reply: Reply) => T): Promise<T> {
    return circuits.run(subject, call.operation, async () => read(await transport.send(call)));
  }

  async function query<S extends z.ZodType>(
    operation: string,
    subject: string,
    segments: readonly string[],
    schema: S,
  ): Promise<Lookup<z.output<S>>> {
    const path = toPath(segments);
    if (path === undefined) return { kind: 'not-found' };
    const retried = retry(
      handleWhen((error) => isTransient(error) && circuits.isClosed(subject)),
      { maxAttempts: 1, backoff: new DelegateBackoff(() => 50 + Math.random() * 150) },
    );
    const startedAt = clock.now().getTime();
    try {
      const call: Call = { operation, method: 'GET', path };
      return await retried.execute(() => attempt(call, subject, (reply) => readLookup(call, reply, schema)));
    } catch (error) {
      if (!(error instanceof PlatformUnavailable)) throw error;
      const { reason, status } = error;
      // An open circuit has been logged when it opened.
      if (reason !== 'circuit-open')
        log?.warn(
          { operation, reason, status, elapsedMs: clock.now().getTime() - startedAt },
          'platform query failed',
        );
      return { kind: 'unavailable' };
    }
  }

  const ofCustomer = (customerId: string) => `customer:${customerId}`;

  return {
    customer: (id) => query('customer', ofCustomer(id), ['customers', id], customerReply),
    cards: (id) => query('cards', ofCustomer(id), ['customers', id, 'cards'], cardsReply),

    async eligibility(id, cardId) {
      const segments = ['customers', id, 'cards', cardId, 'unbind-eligibility'];
      const found = await query('eligibility', ofCustomer(id), segments, eligibilityReply);
      if (found.kind !== 'found') return found;
      const { eligibility, unknownCodes } = found.value;
      if (unknownCodes.length > 0) log?.warn({ unknownCodes }, 'platform sent blockers unknown here');
      return { kind: 'found', value: eligibility };
    },

    unbindRequests: (id) =>
      query('unbindRequests', ofCustomer(id), ['customers', id, 'unbind-requests'], unbindRequestsReply),
    announcements: () => query('announcements', 'announcements', ['announcements'], announcementsReply),
    identityLink: (channel, externalId) =>
      query('identityLink', 'identity-links', ['identity-links', channel, externalId], identityLinkReply),

    async submitReviewDecision(decision, idempotencyKey) {
      const operation = 'submitReviewDecision';
      const call: Call = {
        operation,
        method: 'POST',
        path: '/v1/review-decisions',
        body: decision,
        idempotencyKey,
      };
      await attempt(call, ofCustomer(decision.customerId), (reply) => {
        const status = reply.status;
        if (status === 200) {
          const receipt = reviewReceipt.safeParse(reply.body);
          if (receipt.success && receipt.data.caseId === decision.caseId) return;
          throw new PlatformUnavailable('nonsense', { operation, status, cause: receipt.error });
        }
        if (status < 400 || status >= 500 || TEMPORARY_STATUSES.has(status))
          throw new PlatformUnavailable('status', { operation, status });
        const refusal = errorReply.safeParse(reply.body);
        throw new PlatformRefused({ operation, status, code: refusal.data?.error.code });
      });
    },

    close: () => transport.close(),
  };
}

/** Undefined for ids that no customer can have: asking would only reach another path. */
function toPath(segments: readonly string[]): string | undefined {
  const isOdd = (segment: string) => /^\.*$/.test(segment) || segment.length > LONGEST_ID;
  if (segments.some(isOdd)) return undefined;
  try {
    return `/v1/${segments.map(encodeURIComponent).join('/')}`;
  } catch {
    return undefined; // half a surrogate pair
  }
}

function readLookup<S extends z.ZodType>(call: Call, reply: Reply, schema: S): Lookup<z.output<S>> {
  const { operation } = call;
  const { status } = reply;
  if (status === 404) return { kind: 'not-found' };
  if (status !== 200) throw new PlatformUnavailable('status', { operation, status });
  const parsed = schema.safeParse(reply.body);
  if (!parsed.success) throw new PlatformUnavailable('nonsense', { operation, status, cause: parsed.error });
  return { kind: 'found', value: parsed.data };
}

/** Asking again at once helps against a lost connection or a hiccup, not against a wrong answer. */
function isTransient(error: Error): boolean {
  if (!(error instanceof PlatformUnavailable)) return false;
  if (error.reason === 'status') return error.status !== undefined && error.status >= 500;
  return error.reason === 'timeout' || error.reason === 'unreachable' || error.reason === 'interrupted';
}
