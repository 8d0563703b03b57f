import { expect } from 'chai';
import { accountsSchema, type WecomAccount } from '../../../src/channels/accounts.ts';
import { seal } from '../../../src/channels/tencent/callback.ts';
import { openCallback } from '../../../src/channels/wecom/crypto.ts';
import { openAddressCheck } from '../../../src/channels/wecom/signature.ts';
import { vectorsOf } from '../tencent/vectors.ts';

const now = new Date('2026-11-23T10:00:00+08:00');

function account(given: object = {}): WecomAccount {
  const { wecom } = accountsSchema.parse({
    wecom: [
      {
        name: 'desk',
        corpId: 'ww1',
        secret: 's',
        token: 'pamtest',
        encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
        openKfIds: ['wk1'],
        ...given,
      },
    ],
  });
  const [made] = wecom;
  if (!made) throw new Error('no account');
  return made;
}

describe("WeCom's callbacks", () => {
  for (const vector of vectorsOf('verifyUrl')) {
    it(`are verified as published (${vector.id})`, () => {
      const own = account({
        corpId: vector.receiveId,
        token: vector.token,
        encodingAesKey: vector.encodingAESKey,
        windowSeconds: 0,
      });
      const { timestamp, nonce, msgSignature: msg_signature, encrypt: echostr } = vector;
      const query = { timestamp, nonce, msg_signature, echostr };
      expect(openAddressCheck(own, query, now)).to.deep.equal({ kind: 'opened', text: vector.plain });
      expect(openAddressCheck({ ...own, corpId: 'ww2' }, query, now)).to.include({ reason: 'undecryptable' });
      expect(openAddressCheck(own, { ...query, echostr: undefined }, now)).to.include({
        reason: 'malformed',
      });
    });
  }

  it('are opened, and refused when anything about them is not right', () => {
    const own = account();
    const inner = '<xml><Event>kf_msg_or_event</Event></xml>';
    const { encrypted, signature, timestamp, nonce } = seal(own.keys, own.corpId, inner, now);
    const query = { msg_signature: signature, timestamp, nonce };
    const body = `<xml><ToUserName>ww1</ToUserName><Encrypt>${encrypted}</Encrypt><AgentID></AgentID></xml>`;
    expect(openCallback(own, query, body, now)).to.deep.equal({ kind: 'opened', text: inner });
    const later = new Date(now.getTime() + 400_000);
    expect(openCallback(own, query, body, later)).to.include({ reason: 'timestamp' });
    expect(openCallback(own, { ...query, timestamp: '1' }, body, now)).to.include({ reason: 'signature' });
    expect(openCallback(own, query, inner, now)).to.include({ reason: 'not-encrypted' });
    expect(openCallback(own, query, 'x', now)).to.include({ reason: 'malformed' });
  });
});
