import type { Registry } from 'prom-client';
import { createMessaging, type Messaging } from '../channels/messaging.ts';
import { createCursors } from '../database/cursors.ts';
import { createDeliveries } from '../database/deliveries.ts';
import { systemClock as clock } from '../domain/clock.ts';
import type { Parts } from './parts.ts';

/** The messaging apps, when there are accounts of any. */
export function openMessaging(
  parts: Pick<Parts, 'config' | 'database' | 'store' | 'memory' | 'log'> & { registry: Registry },
): Messaging | undefined {
  const { config, database, ...rest } = parts;
  if (!config.channels) return undefined;
  return createMessaging({
    ...{ ...rest, clock },
    accounts: config.channels,
    deliveries: createDeliveries({ database, clock }),
    cursors: createCursors({ database, clock }),
  });
}
