import { z } from 'zod';
import type { WechatAccount } from '../accounts.ts';
import { type Opened, refused } from '../tencent/callback.ts';
import { isSigned, isTimely } from '../tencent/signature.ts';

const plainQuery = z.object({ signature: z.string(), timestamp: z.string(), nonce: z.string() });

/** Why a query was not signed with the account's token just now; undefined when it was. */
export function queryFault({ keys }: WechatAccount, query: unknown, now: Date) {
  const parsed = plainQuery.safeParse(query);
  if (!parsed.success) return 'malformed';
  const { signature, timestamp, nonce } = parsed.data;
  if (!isSigned(signature, [keys.token, timestamp, nonce])) return 'signature';
  return isTimely(timestamp, now, keys.windowSeconds) ? undefined : 'timestamp';
}

const echo = z.object({ echostr: z.string().max(128) });

/**
 * The GET by which the platform makes sure that the address is ours: `text` is to be answered. It is never
 * encrypted. https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push
 */
export function openAddressCheck(account: WechatAccount, query: unknown, now: Date): Opened {
  const fault = queryFault(account, query, now);
  if (fault) return refused(fault);
  const parsed = echo.safeParse(query);
  return parsed.success ? { kind: 'opened', text: parsed.data.echostr } : refused('malformed');
}
