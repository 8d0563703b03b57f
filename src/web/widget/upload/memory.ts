import { pageStorage } from '../storage.ts';

const KEY = 'unbind:uploaded';
/** Enough for the longest case with retakes. */
const KEPT = 40;

/** Whether this browser has handed in a file at this ticket. */
export function isRemembered(uploadUrl: string): boolean {
  return list().includes(fingerprint(uploadUrl));
}

/** Notes that a ticket is used up, so that its card is shown as done after a reload. */
export function remember(uploadUrl: string): void {
  const known = list().filter((item) => item !== fingerprint(uploadUrl));
  pageStorage.setItem(KEY, [...known, fingerprint(uploadUrl)].slice(-KEPT).join(' '));
}

function list(): string[] {
  return pageStorage.getItem(KEY)?.split(' ') ?? [];
}

/** The ticket itself is a secret and is not written down. */
function fingerprint(uploadUrl: string): string {
  let hash = 5381;
  let other = 52711;
  for (const char of uploadUrl) {
    const code = char.codePointAt(0) ?? 0;
    hash = (Math.imul(hash, 33) ^ code) >>> 0;
    other = (Math.imul(other, 31) + code) >>> 0;
  }
  return `${hash.toString(36)}${other.toString(36)}`;
}
