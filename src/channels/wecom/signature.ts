import { z } from 'zod';
import type { WecomAccount } from '../accounts.ts';
import { type Opened, openEncrypted, refused } from '../tencent/callback.ts';

const echo = z.object({ echostr: z.string().max(1024) });

/**
 * The GET by which the platform makes sure that the address is ours: `text` is to be answered, and nothing but it.
 * What comes is encrypted. https://developer.work.weixin.qq.com/document/path/90930
 */
export function openAddressCheck(account: WecomAccount, query: unknown, now: Date): Opened {
  const parsed = echo.safeParse(query);
  if (!parsed.success) return refused('malformed');
  return openEncrypted(account.keys, account.corpId, query, parsed.data.echostr, now);
}
