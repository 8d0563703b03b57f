import { expect } from 'chai';
import { freshPostgres } from '../support/databases.ts';
import { type Apps, startApps } from '../support/messaging/apps.ts';
import { rush } from '../support/messaging/rush.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

const PROCESSES = 3;
const RUSH = { messages: 200, perSecond: 8, killEveryMs: 5_000, timeouts: 0.05 };

describe('messaging apps of which answers time out and callbacks come twice, while processes are killed', function () {
  this.timeout(300_000);
  let redis: RedisServer;
  let apps: Apps;

  before(async () => {
    redis = await startRedis();
    apps = await startApps(PROCESSES, { databaseUrl: await freshPostgres(), redisUrl: redis.url });
  });
  after(async () => {
    await apps?.stop();
    await redis?.stop();
  });

  it(`answer each of ${RUSH.messages} messages, once wherever the platform can tell`, async () => {
    const { tallies, kills, tookMs } = await rush(apps, RUSH);
    const { wechat, wecom } = tallies;
    const twice = `${wechat.duplicated} twice on WeChat after ${wechat.unanswered} sends without answer`;
    console.log(
      `      ${kills} kills, ${wechat.messages + wecom.messages} messages, ${twice}, ${tookMs | 0} ms`,
    );
    expect([...wechat.lost, ...wecom.lost]).to.deep.equal([]);
    expect([wecom.duplicated, wechat.outOfOrder, wecom.outOfOrder]).to.deep.equal([0, 0, 0]);
    expect(wechat.duplicated).to.be.at.most(kills + wechat.unanswered);
    expect(kills).to.be.at.least(4);
  });
});
