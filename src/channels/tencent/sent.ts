import type { Sent } from '../delivery.ts';
import type { ApiResult } from './outcome.ts';

/** Until an operator may have put it right. */
const PARKED_MS = 10 * 60_000;

/** What a call that sends a message has come to, for its delivery. */
export function sentOf(result: ApiResult<unknown>): Sent {
  if (result.kind === 'done') return { kind: 'sent' };
  if (result.kind === 'unreachable') return { kind: 'again' };
  if (result.kind === 'unknown') return { kind: 'uncertain' };
  switch (result.reason) {
    case 'repeated':
      return { kind: 'sent' };
    case 'busy':
    case 'rate':
    case 'token':
      return { kind: 'again' };
    case 'window-closed':
    case 'quota-used':
      return { kind: 'waits', why: 'window-closed' };
    case 'customer-gone':
      return { kind: 'waits', why: 'customer-gone' };
    case 'not-configured':
    case 'daily-quota':
      return { kind: 'waits', why: 'not-configured', forMs: PARKED_MS };
    default:
      return { kind: 'given-up', reason: result.reason, code: result.code };
  }
}
