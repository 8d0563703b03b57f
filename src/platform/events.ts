import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const id = z.string().min(1).max(128);
const base = { id, occurredAt: z.iso.datetime({ offset: true }) };

/** What the platform tells us happened to an account, at least once, in no fixed order. */
export const platformEvent = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('card.unbound'), customerId: id, cardId: id }),
  z.object({ ...base, type: z.literal('lock.released'), customerId: id }),
  z.object({ ...base, type: z.literal('balance.settled'), customerId: id }),
  z.object({ ...base, type: z.literal('maintenance.ended'), announcementId: id }),
]);
export type PlatformEvent = z.infer<typeof platformEvent>;

export const EVENT_TIMESTAMP_HEADER = 'x-platform-timestamp';
export const EVENT_SIGNATURE_HEADER = 'x-platform-signature';
const TOLERANCE_SECONDS = 300;

/** Headers of a signed event; `body` is the exact text that is sent. */
export function signPlatformEvent(body: string, secret: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { [EVENT_TIMESTAMP_HEADER]: timestamp, [EVENT_SIGNATURE_HEADER]: sign(timestamp, body, secret) };
}

export type EventCheck =
  | { kind: 'valid'; event: PlatformEvent }
  /** Wrong, missing or outdated signature: answer 401. */
  | { kind: 'forged' }
  /** Truly the platform's, but no event that is known here: answer 2xx, or it is sent for ever. */
  | { kind: 'unknown' };

/** Checks a request to `POST /api/platform/events`; `body` is the raw text, before any parsing. */
export function verifyPlatformEvent(request: {
  body: string;
  headers: Record<string, string | string[] | undefined>;
  secret: string;
  now: Date;
}): EventCheck {
  const timestamp = request.headers[EVENT_TIMESTAMP_HEADER];
  const signature = request.headers[EVENT_SIGNATURE_HEADER];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return { kind: 'forged' };
  if (!/^\d{1,12}$/.test(timestamp)) return { kind: 'forged' };
  const ageSeconds = Math.abs(request.now.getTime() / 1000 - Number(timestamp));
  if (ageSeconds > TOLERANCE_SECONDS) return { kind: 'forged' };
  if (!isSame(signature, sign(timestamp, request.body, request.secret))) return { kind: 'forged' };

  const event = platformEvent.safeParse(parse(request.body));
  return event.success ? { kind: 'valid', event: event.data } : { kind: 'unknown' };
}

function sign(timestamp: string, body: string, secret: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
