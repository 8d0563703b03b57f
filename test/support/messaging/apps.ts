import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/domain/clock.ts';
import { type ProductServer, startServer } from '../product-server.ts';
import { type FakePlatform, startPlatform } from '../tencent/platform.ts';
import type { FakeWechat } from '../tencent/wechat.ts';
import type { FakeWecom } from '../tencent/wecom.ts';
import { DESK, messagingEnvironment, SHOP } from './accounts.ts';

/** The built product in several processes on one Redis and one PostgreSQL, joined to both platforms. */
export interface Apps {
  platform: FakePlatform;
  wechat: FakeWechat;
  wecom: FakeWecom;
  processes: ProductServer[];
  stop(): Promise<void>;
}

/** Starts the platforms and so many processes. */
export async function startApps(
  count: number,
  stores: { databaseUrl: string; redisUrl: string },
): Promise<Apps> {
  const platform = await startPlatform(systemClock);
  const folder = mkdtempSync(join(tmpdir(), 'unbind-apps-'));
  const env = messagingEnvironment({ folder, platformUrl: platform.url, ...stores });
  const processes = await Promise.all(Array.from({ length: count }, () => startServer({ env })));
  return {
    ...{ platform, processes },
    wechat: platform.wechat(SHOP),
    wecom: platform.wecom(DESK),
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
      await platform.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
