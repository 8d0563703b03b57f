import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { ConfigError, readConfig } from '../src/config.ts';
import { fromRoot } from '../src/root.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const WECHAT = {
  name: 'shop',
  kind: 'official-account',
  appId: 'wx1',
  secret: 'geheim',
  token: 'pamtest',
  encodingAesKey: KEY,
};
const WECOM = {
  name: 'desk',
  corpId: 'ww1',
  secret: 's',
  token: 'pamtest',
  encodingAesKey: KEY,
  openKfIds: ['wk1'],
};

describe('settings of the messaging channels', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'channels-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function read(accounts: unknown, more: Record<string, string> = {}) {
    const file = join(folder, 'channels.yml');
    writeFileSync(file, typeof accounts === 'string' ? accounts : stringify(accounts));
    return readConfig({ CHANNELS_FILE: file, PUBLIC_URL: 'https://bot.example', ...more }).channels;
  }

  function refusal(accounts: unknown, more: Record<string, string> = {}): string {
    try {
      read(accounts, more);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    return 'accepted';
  }

  it('are none without a file', () => {
    expect(readConfig({}).channels).to.equal(undefined);
  });

  it('say where customers of 微信客服 get a person, one agent only among those of WeCom', () => {
    expect(read({ wecom: [WECOM] })?.wecom[0]?.handoff).to.equal('console');
    const theirs = { ...WECOM, handoff: 'wecom', servicer: 'zhang' };
    expect(read({ wecom: [theirs] })?.wecom[0]).to.include({ handoff: 'wecom', servicer: 'zhang' });
    expect(refusal({ wecom: [{ ...WECOM, servicer: 'zhang' }] })).to.include('is for handoff: wecom');
  });

  it('are several accounts of each platform, with the defaults of the platform', () => {
    const given = {
      wechat: [
        WECHAT,
        { ...WECHAT, name: 'mini', kind: 'mini-program', appId: 'wx2', quota: { messages: 20 } },
      ],
      wecom: [WECOM],
    };
    for (const text of [stringify(given), JSON.stringify(given)]) {
      const channels = read(text);
      expect(channels?.wechat.map((it) => it.name)).to.deep.equal(['shop', 'mini']);
      expect(channels?.wechat[0]).to.deep.include({
        mode: 'safe',
        menus: false,
        quota: { messages: 5, hours: 48 },
      });
      expect(channels?.wechat[1]?.quota).to.deep.equal({ messages: 20, hours: 48 });
      expect(channels?.wecom[0]?.keys).to.include({
        token: 'pamtest',
        encodingAesKey: KEY,
        windowSeconds: 300,
      });
      expect(channels).to.include({
        wechatApiUrl: 'https://api.weixin.qq.com',
        wecomApiUrl: 'https://qyapi.weixin.qq.com',
      });
    }
  });

  it('are shown whole by the example', () => {
    const CHANNELS_FILE = fromRoot('deploy', 'channels.example.yml');
    const { channels } = readConfig({ CHANNELS_FILE, PUBLIC_URL: 'https://bot.example' });
    expect([channels?.wechat.length, channels?.wecom.length]).to.deep.equal([1, 1]);
  });

  const { encodingAesKey: _, ...keyless } = WECHAT;
  const wrong: [string, unknown, string][] = [
    [
      'a key of another length',
      { wechat: [{ ...WECHAT, encodingAesKey: 'short' }] },
      'wechat.0.encodingAesKey',
    ],
    ['no key in safe mode', { wechat: [keyless] }, 'wechat.0.encodingAesKey is needed'],
    ['a setting that there is not', { wecom: [{ ...WECOM, openKfId: 'wk1' }] }, 'openKfId'],
    ['an account without customer service', { wecom: [{ ...WECOM, openKfIds: [] }] }, 'wecom.0.openKfIds'],
    ['a name that is no part of an address', { wecom: [{ ...WECOM, name: 'a/b' }] }, 'wecom.0.name'],
    ['one name twice', { wechat: [WECHAT, { ...WECHAT, appId: 'wx2' }] }, 'the name shop is there twice'],
    ['one app twice', { wechat: [WECHAT, { ...WECHAT, name: 'b' }] }, 'the appId wx1 is there twice'],
    [
      'one customer service twice',
      { wecom: [WECOM, { ...WECOM, name: 'b' }] },
      'the openKfId wk1 is there twice',
    ],
    [
      'menus in a mini program',
      { wechat: [{ ...WECHAT, kind: 'mini-program', menus: true }] },
      'wechat.0.menus',
    ],
    ['a window shorter than the retries', { wecom: [{ ...WECOM, windowSeconds: 5 }] }, 'at least 60'],
    ['what is no YAML', 'wechat: [', 'must be a file'],
    ['what is something else', '- 1', 'CHANNELS_FILE'],
  ];
  for (const [what, given, part] of wrong) {
    it(`are refused with ${what}, without the secret`, () => {
      const message = refusal(given);
      expect(message).to.contain(part).and.contain('CHANNELS_FILE');
      expect(message).not.to.contain('geheim');
    });
  }

  it('are refused without a file, or an address for links', () => {
    expect(() =>
      readConfig({ CHANNELS_FILE: join(folder, 'none'), PUBLIC_URL: 'https://b.example' }),
    ).to.throw(ConfigError, 'CHANNELS_FILE: must be a file');
    expect(refusal({}, { PUBLIC_URL: '' })).to.contain('PUBLIC_URL must be set');
  });

  it('are refused in plain mode in production only', () => {
    const plain = { wechat: [{ ...keyless, mode: 'plain' }] };
    expect(refusal(plain)).to.equal('accepted');
    expect(refusal(plain, { NODE_ENV: 'production' })).to.contain('wechat shop must not have mode plain');
  });
});
