import { expect } from 'chai';
import { Registry } from 'prom-client';
import { Cloud } from '../../../src/channels/bot-framework/cloud.ts';
import { createKeyKeeper, type KeyKeeper } from '../../../src/channels/bot-framework/keys.ts';
import { systemClock as clock } from '../../../src/domain/clock.ts';
import { silent } from '../../../src/domain/log.ts';
import { type FakeAzure, startAzure } from '../../support/azure.ts';
import { eventually } from '../../support/eventually.ts';

describe('the keys that Azure signs with', () => {
  let azure: FakeAzure;
  let cloud: Cloud;
  let keeper: KeyKeeper;
  let registry: Registry;
  let told: string[];

  beforeEach(async () => {
    azure = await startAzure();
    cloud = new Cloud({ settings: azure.settings, timeoutMs: 500 });
    registry = new Registry();
    told = [];
    const say = (_: object, message: string) => void told.push(message);
    const log = { ...silent, info: say, error: say };
    keeper = createKeyKeeper({ cloud, registry, clock, log, againMs: 20 });
  });
  afterEach(async () => {
    keeper.stop();
    await azure.close();
  });

  const fetchedAt = async () =>
    (await registry.getSingleMetric('azure_keys_fetched_timestamp_seconds')?.get())?.values[0]?.value;

  it('are fetched before anybody writes', async () => {
    keeper.start();
    await eventually(async () =>
      expect(await fetchedAt()).to.be.greaterThan(clock.now().getTime() / 1000 - 60),
    );
    expect(told).to.deep.equal([]);
  });

  it('are asked for until they are there, and the log tells of both', async () => {
    azure.keysAway = true;
    keeper.start();
    await eventually(() => expect(told.length).to.be.greaterThan(1));
    expect(told[0]).to.contain('cannot be fetched');
    expect(await fetchedAt()).to.equal(0);
    azure.keysAway = false;
    await eventually(() => expect(told.at(-1)).to.contain('there again'));
    expect(await fetchedAt()).to.be.greaterThan(0);
  });

  it('are not waited for longer than a request may take', async () => {
    azure.keysAway = 'hang';
    expect((await cloud.fetchKeys()).kind).to.equal('unavailable');
  });
});
