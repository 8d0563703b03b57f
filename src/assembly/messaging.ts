import type { Registry } from 'prom-client';
import { createMessaging, type Messaging } from '../channels/messaging.ts';
import { createCursors } from '../database/cursors.ts';
import { createDeliveries } from '../database/deliveries.ts';
import { deriveKey } from '../documents/vault.ts';
import { systemClock as clock } from '../domain/clock.ts';
import type { Parts } from './parts.ts';

/** The messaging apps, when there are accounts of any. */
export function openMessaging(
  parts: Pick<Parts, 'config' | 'secrets' | 'database' | 'store' | 'memory' | 'chatFiles' | 'log'> & {
    registry: Registry;
  },
): Messaging | undefined {
  const { config, secrets, database, chatFiles, ...rest } = parts;
  const { channels, publicUrl } = config;
  // The settings have one with the other.
  if (!channels || !publicUrl) return undefined;
  const key = deriveKey(Buffer.from(secrets.tokenSigning), 'file links');
  return createMessaging({
    ...{ ...rest, clock },
    accounts: channels,
    files: { open: chatFiles.open, key, publicUrl },
    deliveries: createDeliveries({ database, clock }),
    cursors: createCursors({ database, clock }),
  });
}
