import type { Registry } from 'prom-client';
import { createMessaging, type Messaging } from '../channels/messaging.ts';
import { WECHAT_API } from '../channels/wechat/client.ts';
import { WECOM_API } from '../channels/wecom/client.ts';
import { createCursors } from '../database/cursors.ts';
import { createDeliveries } from '../database/deliveries.ts';
import { deriveKey } from '../documents/vault.ts';
import { systemClock as clock } from '../domain/clock.ts';
import type { Parts } from './parts.ts';

const NONE = { wechat: [], wecom: [], wechatApiUrl: WECHAT_API, wecomApiUrl: WECOM_API };

/** The messaging apps, when there are accounts of any. */
export function openMessaging(
  parts: Pick<Parts, 'config' | 'secrets' | 'database' | 'store' | 'memory' | 'chatFiles' | 'log'> & {
    registry: Registry;
  },
): Messaging | undefined {
  const { config, secrets, database, chatFiles, ...rest } = parts;
  const { channels, botFramework, publicUrl, signInUrl } = config;
  // The settings have the address with either.
  if (!(channels || botFramework) || !publicUrl) return undefined;
  const key = deriveKey(Buffer.from(secrets.tokenSigning), 'file links');
  return createMessaging({
    ...{ ...rest, clock, signInUrl },
    accounts: channels ?? NONE,
    ...(botFramework && { botFramework: { settings: botFramework } }),
    files: { open: chatFiles.open, key, publicUrl },
    deliveries: createDeliveries({ database, clock }),
    cursors: createCursors({ database, clock }),
  });
}
