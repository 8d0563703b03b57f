import { readFileSync } from 'node:fs';
import { z } from 'zod';

const signed = { timestamp: z.string(), nonce: z.string() };
const encrypted = {
  encodingAESKey: z.string(),
  receiveId: z.string(),
  encrypt: z.string(),
  plain: z.string(),
};
const named = { id: z.string(), token: z.string() };

const vector = z.discriminatedUnion('kind', [
  z.object({ ...named, ...encrypted, kind: z.literal('encrypt'), random: z.string() }),
  z.object({ ...named, ...encrypted, ...signed, kind: z.literal('decrypt'), msgSignature: z.string() }),
  z.object({ ...named, ...encrypted, ...signed, kind: z.literal('verifyUrl'), msgSignature: z.string() }),
  z.object({
    ...named,
    ...signed,
    kind: z.literal('plainSignature'),
    signature: z.string(),
    echostr: z.string().optional(),
    body: z.string().optional(),
  }),
]);
export type Vector = z.infer<typeof vector>;

/** What the platforms and well-known implementations have published, with where it is from. */
export const VECTORS: Vector[] = z
  .array(vector)
  .parse(JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')));

/** Those of one kind. */
export function vectorsOf<K extends Vector['kind']>(kind: K): Extract<Vector, { kind: K }>[] {
  return VECTORS.filter((it): it is Extract<Vector, { kind: K }> => it.kind === kind);
}
