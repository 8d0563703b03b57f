import type { Claimed } from './outbox-claim.ts';

export type Delivery = (row: Claimed) => Promise<void>;

const DELIVERY_TIMEOUT_MS = 6_000;

/** Tries once. `undefined` when it was taken, else a code that is safe to store. */
export async function attempt(row: Claimed, deliver: Delivery): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('TIMEOUT'), DELIVERY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([deliver(row).then(() => undefined), timeout]);
  } catch (error) {
    return codeOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return /^[\w.:-]{1,64}$/.test(code) ? code : 'unknown';
}
