/** Why the platform refuses a call, whatever its number for it. */
export type ApiRefusal =
  /** For a moment; again a little later. */
  | 'busy'
  | 'token'
  /** Of this minute. */
  | 'rate'
  /** Of this day, by the platform's calendar in Shanghai. */
  | 'daily-quota'
  /** The customer has not written for too long. */
  | 'window-closed'
  /** All messages that the customer's last one allowed are used. */
  | 'quota-used'
  /** Does not follow, has blocked us, or is none. */
  | 'customer-gone'
  | 'too-long'
  | 'menu-not-allowed'
  /** An uploaded file that is not there any more. */
  | 'media'
  /** The talk is with a person, or over. */
  | 'wrong-state'
  | 'agent-unavailable'
  /** The same message id again: it has been taken before. */
  | 'repeated'
  /** A sync token that has run out. */
  | 'sync-token'
  /** Address, right or account has to be set up at the platform: nobody is answered until then. */
  | 'not-configured'
  /** Our fault. */
  | 'invalid'
  | 'other';

/** What a call came to. Nothing in it is personal: it may be logged. */
export type ApiResult<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; reason: ApiRefusal; code: number }
  /** Nothing was sent. */
  | { kind: 'unreachable' }
  /** It may have been done or not: no answer, or one that says nothing. */
  | { kind: 'unknown'; why: 'timeout' | 'interrupted' | 'status' | 'nonsense' };
