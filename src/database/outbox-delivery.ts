import type { Claimed } from './outbox-claim.ts';

export type Delivery = (row: Claimed) => Promise<void>;

const DELIVERY_TIMEOUT_MS = 6_000;

/** Thrown by a delivery that must wait for its time: it is tried again then, and nothing has failed. */
export class NotBefore extends Error {
  override name = 'NotBefore';
  readonly at: Date;

  constructor(at: Date) {
    super('not before its time');
    this.at = at;
  }
}

/** How a try ended; the code is safe to store. */
export type Tried = { kind: 'taken' } | { kind: 'early'; at: Date } | { kind: 'failed'; code: string };

/** Tries once. */
export async function attempt(row: Claimed, deliver: Delivery): Promise<Tried> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Tried>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'failed', code: 'TIMEOUT' }), DELIVERY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([deliver(row).then((): Tried => ({ kind: 'taken' })), timeout]);
  } catch (error) {
    if (error instanceof NotBefore) return { kind: 'early', at: error.at };
    return { kind: 'failed', code: codeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return /^[\w.:-]{1,64}$/.test(code) ? code : 'unknown';
}
