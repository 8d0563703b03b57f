import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/domain/clock.ts';
import {
  DESK,
  deskAt,
  deskBell,
  messagingEnvironment,
  OPEN_KF_IDS,
  SHOP,
  shopAt,
  shopText,
} from '../support/messaging/accounts.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { type Delivered, deliverOnce } from '../support/tencent/callbacks.ts';
import { type FakePlatform, startPlatform } from '../support/tencent/platform.ts';
import { type Figure, percentile } from './figure.ts';
import { type Product, startProduct } from './product.ts';

const SECONDS = 30;
const WARM_UP_SECONDS = 10;
const PER_SECOND = 200;
/** Of each platform; everybody writes again after a while, as customers do. */
const CUSTOMERS = 500;
const TEXT = '解绑收费吗';
/** Of the answer. Several answers to one customer may go out in one message. */
const ANSWERED = /解绑收不收费/g;
const AFTERMATH_MS = 30_000;

interface Wave {
  answers: Delivered[];
  /** Without an answer. */
  failed: number;
  perSecond: number;
}

/** Callbacks at an even pace, however long the answers take; every other one of the other platform. */
function createWaves(product: Product, platform: FakePlatform) {
  const [wechat, wecom] = [platform.wechat(SHOP), platform.wecom(DESK)];
  const [shop, desk] = [shopAt(product.url), deskAt(product.url)];
  let count = 0;

  function callback(): Promise<Delivered> {
    const n = ++count;
    const customer = `c${n % (2 * CUSTOMERS)}`;
    if (n % 2 === 0) {
      wechat.customerWrites(customer);
      return deliverOnce(shop, shopText(customer, String(n), TEXT));
    }
    const openKfId = OPEN_KF_IDS[(n >> 1) % OPEN_KF_IDS.length] ?? '';
    wecom.customerWrites(openKfId, customer, { msgtype: 'text', text: { content: TEXT } });
    return deliverOnce(desk, deskBell(openKfId, wecom.syncToken()));
  }
  return {
    written: () => count,
    answered: () => JSON.stringify([wechat.sent, wecom.sent]).match(ANSWERED)?.length ?? 0,
    async wave(seconds: number): Promise<Wave> {
      const wave: Wave = { answers: [], failed: 0, perSecond: 0 };
      const begun = performance.now();
      const posts: Promise<unknown>[] = [];
      for (let n = 0; n < seconds * PER_SECOND; n++) {
        await pause(begun + (n * 1000) / PER_SECOND - performance.now());
        const kept = (answer: Delivered) => void wave.answers.push(answer);
        posts.push(callback().then(kept, () => void wave.failed++));
      }
      wave.perSecond = (1000 * posts.length) / (performance.now() - begun);
      await Promise.all(posts);
      return wave;
    },
  };
}

async function measure(product: Product, platform: FakePlatform): Promise<Figure[]> {
  const waves = createWaves(product, platform);
  await waves.wave(WARM_UP_SECONDS);
  const cpu = product.cpuSeconds();
  const { answers, failed, perSecond } = await waves.wave(SECONDS);
  const used = product.cpuSeconds() - cpu;
  const waitUntil = performance.now() + AFTERMATH_MS;
  while (waves.answered() < waves.written() && performance.now() < waitUntil) await pause(500);
  const took = answers.map(({ tookMs }) => tookMs);
  const refused = failed + answers.filter(({ status }) => status !== 200).length;
  return [
    { name: 'callbacks posted', figure: perSecond, unit: '/s' },
    { name: 'not taken', figure: refused, unit: '', goal: 0 },
    { name: 'acknowledged, p50', figure: percentile(took, 0.5), unit: 'ms' },
    { name: 'acknowledged, p99', figure: percentile(took, 0.99), unit: 'ms', goal: 300 },
    { name: 'acknowledged, slowest', figure: Math.max(...took), unit: 'ms' },
    { name: 'CPU of the product', figure: (100 * used) / SECONDS, unit: '%' },
    {
      name: 'messages without an answer',
      figure: Math.max(0, waves.written() - waves.answered()),
      unit: '',
      goal: 0,
    },
  ];
}

/** Signed and encrypted callbacks of both platforms to one process, which answers each message besides. */
export async function bench(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'unbind-bench-'));
  const redis = await startRedis({ appendfsync: 'everysec' });
  const postgres = await startPostgres();
  const platform = await startPlatform(systemClock);
  try {
    const stores = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
    const env = messagingEnvironment({ folder, platformUrl: platform.url, ...stores });
    const product = await startProduct({ env });
    return await measure(product, platform).finally(() => product.stop());
  } finally {
    await platform.close();
    await postgres.stop();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
