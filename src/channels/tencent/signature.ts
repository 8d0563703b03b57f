import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-1 over the sorted parts, in hex, as WeChat and WeCom sign what they post. */
export function signatureOf(...parts: string[]): string {
  // Sorted by code unit, which for the ASCII that all parts are is the order of bytes.
  return createHash('sha1').update(parts.sort().join('')).digest('hex');
}

/** Whether the parts were signed so; the time it takes says nothing about the right signature. */
export function isSigned(given: string, parts: readonly string[]): boolean {
  const expected = Buffer.from(signatureOf(...parts));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** How far the platform's clock may be from ours. It signs anew when it sends again. */
export const DEFAULT_WINDOW_SECONDS = 300;

/** Whether a timestamp in seconds is of about now; a window of 0 takes any. */
export function isTimely(timestamp: string, now: Date, windowSeconds: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (windowSeconds === 0) return true;
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= windowSeconds;
}
