import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { refusal } from './support/refusal.ts';

const ID = { MicrosoftAppId: 'app', MicrosoftAppTenantId: 'tenant', PUBLIC_URL: 'https://bot.example' };
const CLOUD = {
  ToChannelFromBotLoginUrl: 'https://login.partner.example',
  ToChannelFromBotOAuthScope: 'https://api.example',
  ToBotFromChannelTokenIssuer: 'https://api.example',
  OAuthUrl: 'https://token.example',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.example/openid',
  ToBotFromEmulatorOpenIdMetadataUrl: 'https://login.example/openid',
};

describe('settings of Azure Bot Service', () => {
  it('are off without an app id', () => {
    expect(readConfig({}).botFramework).to.equal(undefined);
  });

  it('take a single tenant with its password, and a managed identity without one', () => {
    expect(readConfig({ ...ID, MicrosoftAppPassword: 'geheim' }).botFramework?.identity).to.deep.equal({
      ...{ type: 'SingleTenant', appId: 'app', tenantId: 'tenant', password: 'geheim' },
    });
    const managed = { ...ID, MicrosoftAppType: 'UserAssignedMsi' };
    expect(readConfig(managed).botFramework?.identity).to.deep.equal({
      ...{ type: 'UserAssignedMsi', appId: 'app', tenantId: 'tenant' },
    });
    expect(refusal(ID)).to.contain('MicrosoftAppPassword must be set');
    expect(refusal({ ...managed, MicrosoftAppPassword: 'geheim' }))
      .to.contain('must not be set')
      .and.not.to.contain('geheim');
    expect(
      refusal({ MicrosoftAppId: 'app', MicrosoftAppPassword: 'x', PUBLIC_URL: 'https://b.example' }),
    ).to.contain('MicrosoftAppTenantId must be set');
    expect(refusal({ ...ID, MicrosoftAppType: 'MultiTenant' })).to.contain('MicrosoftAppType');
  });

  it('check nobody without an app id, which production refuses', () => {
    const open = { BOT_FRAMEWORK: 'true', PUBLIC_URL: 'https://bot.example' };
    expect(readConfig(open).botFramework?.identity).to.deep.equal({ type: 'none' });
    expect(refusal({ ...open, NODE_ENV: 'production' })).to.contain(
      'MicrosoftAppId must be set in production',
    );
  });

  it('need the address that links lead to', () => {
    expect(refusal({ BOT_FRAMEWORK: 'true' })).to.contain('PUBLIC_URL must be set');
  });

  it('take another cloud with all its addresses, or none of them', () => {
    const given = { ...ID, MicrosoftAppPassword: 'geheim', ...CLOUD };
    expect(readConfig(given).botFramework?.cloud).to.deep.equal(CLOUD);
    expect(refusal({ ...given, OAuthUrl: '' })).to.contain('OAuthUrl must be set with the other addresses');
    const plain = { ...given, OAuthUrl: 'http://token.example', NODE_ENV: 'production' };
    expect(refusal(plain)).to.contain('OAuthUrl must be an https address in production');
  });
});
