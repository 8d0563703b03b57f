import { expect } from 'chai';
import { Cloud } from '../../../src/channels/bot-framework/cloud.ts';
import { readActivity } from '../../../src/channels/bot-framework/decode.ts';
import type { BotIdentity } from '../../../src/channels/bot-framework/settings.ts';
import { APP_ID, type FakeAzure, startAzure } from '../../support/azure.ts';

describe('the identity of the bot at Azure', () => {
  let azure: FakeAzure;
  before(async () => {
    azure = await startAzure();
  });
  after(() => azure.close());

  const checkedAs = async (identity: BotIdentity, token: string) => {
    const activity = readActivity({
      ...{ type: 'message', channelId: 'msteams', serviceUrl: azure.url },
      ...{ conversation: { id: 'c1' }, from: { id: 'u1' } },
    });
    if (!activity) throw new Error('no activity');
    const cloud = new Cloud({ settings: { ...azure.settings, identity } });
    return (await cloud.check(token, activity)).kind;
  };

  for (const identity of [
    { type: 'SingleTenant', appId: APP_ID, tenantId: 'tenant', password: 'geheim' },
    { type: 'UserAssignedMsi', appId: APP_ID, tenantId: 'tenant' },
  ] satisfies BotIdentity[]) {
    it(`is checked as ${identity.type}`, async () => {
      expect(await checkedAs(identity, `Bearer ${await azure.token()}`)).to.equal('authentic');
      expect(await checkedAs(identity, `Bearer ${await azure.token({ forged: true })}`)).to.equal('forged');
      expect(await checkedAs(identity, '')).to.equal('forged');
    });
  }

  it('is checked by nobody where there is none', async () => {
    expect(await checkedAs({ type: 'none' }, '')).to.equal('authentic');
  });
});
