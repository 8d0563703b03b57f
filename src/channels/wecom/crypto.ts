import { z } from 'zod';
import type { WecomAccount } from '../accounts.ts';
import { type Opened, openEncrypted, refused } from '../tencent/callback.ts';
import { parseXml } from '../tencent/xml.ts';

const envelope = z.object({ Encrypt: z.string().min(1) });

/** The XML in a callback's body, which is always encrypted; still to be decoded. */
export function openCallback(account: WecomAccount, query: unknown, body: string, now: Date): Opened {
  const outer = parseXml(body);
  if (!outer) return refused('malformed');
  const parsed = envelope.safeParse(outer);
  if (!parsed.success) return refused('not-encrypted');
  return openEncrypted(account.keys, account.corpId, query, parsed.data.Encrypt, now);
}
