import { z } from 'zod';
import { Refusal } from './refusal.ts';

const ID_CHARS = 128;
/** Ids are printed, stored and compared: nothing invisible in them. */
const PLAIN_ID = /^[^\p{C}\p{Z}]+$/u;

function origin(text: string, context: z.RefinementCtx): string {
  if (URL.canParse(text) && /^https?:/i.test(text)) return new URL(text).origin;
  context.addIssue({ code: 'custom', message: 'is not an http(s) origin' });
  return z.NEVER;
}

const user = z.object({
  id: z.string().regex(PLAIN_ID).max(ID_CHARS).optional(),
  name: z.string().max(ID_CHARS).optional(),
});

// Official samples send `User: {Id, Name}`.
const pascalUser = z
  .object({ Id: user.shape.id, Name: user.shape.name })
  .transform(({ Id, Name }) => ({ id: Id, name: Name }));

/** Body of `POST /tokens/generate`. */
export const generateSchema = z
  .object({
    user: user.optional(),
    User: pascalUser.optional(),
    trustedOrigins: z.array(z.string().max(300).transform(origin)).max(50).optional(),
    TrustedOrigins: z.array(z.string().max(300).transform(origin)).max(50).optional(),
    customerId: z.string().regex(PLAIN_ID).max(ID_CHARS).optional(),
  })
  .transform((body) => ({
    user: body.user ?? body.User,
    trustedOrigins: body.trustedOrigins ?? body.TrustedOrigins,
    customerId: body.customerId,
  }));

/** Well-formed by shape is not enough: `zh-12` has it, and every formatter throws on it. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Language tags we take; others fall back to the default, as the official service does. */
const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i)
  .refine(isLanguageTag)
  .optional()
  .catch(undefined);

/** Body of `POST /conversations`. */
export const startSchema = z
  .object({ user: user.optional(), User: pascalUser.optional(), locale })
  .transform((body) => ({ user: body.user ?? body.User, locale: body.locale }));

/** What customers may send. */
export const CUSTOMER_TYPES = ['message', 'event', 'typing', 'endOfConversation', 'messageReaction'] as const;

const shortText = z.string().max(200).nullish();
/** Whatever JSON allows; not looked at here, since a schema that walks it would overflow on deep nesting. */
const json = z.unknown().optional();

/** An activity from a client: only what we keep; everything else it says about itself is dropped. */
export const activitySchema = z.object({
  type: z.enum(CUSTOMER_TYPES, { error: `must be one of ${CUSTOMER_TYPES.join(', ')}` }),
  from: z.object({ name: z.string().max(200).nullish() }).nullish(),
  text: z.string().nullish(),
  speak: z.string().nullish(),
  summary: z.string().nullish(),
  name: shortText,
  valueType: shortText,
  code: shortText,
  replyToId: shortText,
  locale: locale.nullable(),
  // Nine digits of a second at most: more would be another number.
  localTimestamp: z.iso.datetime({ offset: true, local: true }).max(35).nullish().catch(undefined),
  localTimezone: z.string().max(64).nullish().catch(undefined),
  value: json,
  channelData: json,
  entities: z.array(z.unknown()).max(100).nullish(),
  reactionsAdded: z
    .array(z.object({ type: z.string().max(50) }))
    .max(20)
    .nullish(),
  reactionsRemoved: z
    .array(z.object({ type: z.string().max(50) }))
    .max(20)
    .nullish(),
  attachments: z
    .array(
      z.object({
        name: z.string().max(300).nullish(),
        contentType: z.string().max(120).nullish(),
        contentUrl: json,
        content: json,
      }),
    )
    .max(20)
    .nullish(),
});

export type ClientActivity = z.infer<typeof activitySchema>;

/** The body as `schema` wants it. Throws 400 `BadArgument` naming the places, never the values. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.slice(0, 5).map(({ path, message }) => {
    return path.length === 0 ? message : `${path.join('.')}: ${message}`;
  });
  throw new Refusal(400, 'BadArgument', `The body is not valid. ${places.join('; ')}`);
}
