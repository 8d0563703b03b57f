import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { PlatformEvent, TakePlatformEvent } from '../domain/platform-event.ts';

export interface PlatformEventsOptions {
  /** Shared with the platform, which signs with it. */
  secret: string;
  clock: Clock;
  take: TakePlatformEvent;
}

export const PLATFORM_EVENTS_PATH = '/api/platform/events';

const BODY_LIMIT_BYTES = 16 * 1024;
/** How far the platform's clock may be from ours: whoever recorded an event cannot send it later. */
const WINDOW_MS = 5 * 60_000;

const id = z.string().min(1).max(128);
const time = z.iso.datetime({ offset: true });

/** An event as the webhook of openapi.yaml describes it; properties not known here are left out. */
export const platformEventBody: z.ZodType<PlatformEvent> = z.discriminatedUnion('type', [
  z.object({
    id,
    type: z.enum(['unbound', 'lock-released', 'settled']),
    occurredAt: time,
    customerId: id,
    cardId: id.optional(),
  }),
  z.object({ id, type: z.literal('maintenance-ended'), occurredAt: time, announcementId: id }),
]);

/** A request that is not taken, as the error handler tells it. */
class EventRefused extends Error {
  override name = 'EventRefused';
  readonly expose = true;
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

const signedBody = z.object({ timestamp: z.string().regex(/^\d{1,12}$/), signature: z.string() });

function requireSignature(request: FastifyRequest, body: Buffer, options: PlatformEventsOptions): void {
  const signed = signedBody.safeParse({
    timestamp: request.headers['x-platform-timestamp'],
    signature: request.headers['x-platform-signature'],
  });
  if (!signed.success)
    throw new EventRefused(
      401,
      'SignatureMissing',
      'X-Platform-Timestamp and X-Platform-Signature are needed.',
    );
  const { timestamp, signature } = signed.data;
  const hmac = createHmac('sha256', options.secret).update(`${timestamp}.`).update(body).digest('hex');
  const expected = Buffer.from(`sha256=${hmac}`);
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new EventRefused(401, 'SignatureInvalid', 'The signature does not fit timestamp and body.');
  if (Math.abs(options.clock.now().getTime() - Number(timestamp) * 1000) > WINDOW_MS)
    throw new EventRefused(401, 'TimestampOutside', 'The timestamp is more than five minutes from now.');
}

function eventIn(body: Buffer): PlatformEvent {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new EventRefused(400, 'BadRequest', 'The body is not valid JSON.');
  }
  const type = z.object({ type: z.string() }).safeParse(value).data?.type;
  const known = ['unbound', 'lock-released', 'settled', 'maintenance-ended'];
  if (type !== undefined && !known.includes(type))
    throw new EventRefused(422, 'UnknownEvent', 'This type of event is not known here.');
  return platformEventBody.parse(value);
}

/**
 * `POST /api/platform/events`: what the platform reports by itself, signed. Answers 200 `{"outcome": "taken"}`, or
 * `"repeated"` for an id that was taken before; any other status means that nothing was kept.
 */
export async function platformEventRoutes(
  app: FastifyInstance,
  options: PlatformEventsOptions,
): Promise<void> {
  // The signature is over the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.post<{ Body: Buffer | undefined }>(
    PLATFORM_EVENTS_PATH,
    { bodyLimit: BODY_LIMIT_BYTES },
    async (request, reply) => {
      const body = request.body ?? Buffer.alloc(0);
      requireSignature(request, body, options);
      const { kind } = await options.take(eventIn(body));
      return reply.header('Cache-Control', 'no-store').send({ outcome: kind });
    },
  );
}
