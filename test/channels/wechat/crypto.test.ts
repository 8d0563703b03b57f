import { expect } from 'chai';
import { accountsSchema, type WechatAccount } from '../../../src/channels/accounts.ts';
import { seal } from '../../../src/channels/tencent/callback.ts';
import { openCallback, sealReply } from '../../../src/channels/wechat/crypto.ts';
import { openAddressCheck } from '../../../src/channels/wechat/signature.ts';
import { vectorsOf } from '../tencent/vectors.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const OLD_KEY = 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR';
const now = new Date('2026-11-23T10:00:00+08:00');

function account(given: object = {}): WechatAccount {
  const { wechat } = accountsSchema.parse({
    wechat: [
      {
        name: 'shop',
        kind: 'official-account',
        appId: 'wx1',
        secret: 's',
        token: 'pamtest',
        encodingAesKey: KEY,
        ...given,
      },
    ],
  });
  const [made] = wechat;
  if (!made) throw new Error('no account');
  return made;
}

function sent(by: WechatAccount, text = '<xml><A>1</A></xml>', at = now) {
  const { encrypted, signature, timestamp, nonce } = seal(by.keys, by.appId, text, at);
  return {
    query: { signature: 'x', msg_signature: signature, timestamp, nonce, encrypt_type: 'aes' },
    body: `<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

describe("WeChat's callbacks", () => {
  for (const vector of vectorsOf('decrypt')) {
    it(`are opened as published (${vector.id})`, () => {
      const own = account({
        appId: vector.receiveId,
        token: vector.token,
        encodingAesKey: vector.encodingAESKey,
        windowSeconds: 0,
      });
      const query = { msg_signature: vector.msgSignature, timestamp: vector.timestamp, nonce: vector.nonce };
      const bodies = [
        `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${vector.encrypt}]]></Encrypt></xml>`,
        JSON.stringify({ ToUserName: 'gh_1', Encrypt: vector.encrypt }),
      ];
      for (const body of bodies) {
        expect(openCallback(own, query, body, now)).to.deep.equal({ kind: 'opened', text: vector.plain });
      }
    });
  }

  for (const { id, token, timestamp, nonce, signature, echostr, body } of vectorsOf('plainSignature')) {
    it(`are checked as published where nothing is encrypted (${id})`, () => {
      const own = account({ token, mode: 'plain', encodingAesKey: undefined, windowSeconds: 0 });
      const query = { signature, timestamp, nonce, echostr };
      const opened = body ? openCallback(own, query, body, now) : openAddressCheck(own, query, now);
      expect(opened).to.deep.equal({ kind: 'opened', text: body ?? echostr });
    });
  }

  it('are not taken in plain text by an account with a key, whatever signs the query', () => {
    const own = account({ windowSeconds: 0 });
    const [published] = vectorsOf('plainSignature');
    const { signature, timestamp, nonce } = published ?? { signature: '', timestamp: '', nonce: '' };
    const signed = account({ windowSeconds: 0, token: published?.token });
    const body = '<xml><MsgType>text</MsgType><Content>转账</Content></xml>';
    const expected = { kind: 'refused', reason: 'not-encrypted' };
    expect(openCallback(signed, { signature, timestamp, nonce }, body, now)).to.deep.equal(expected);
    expect(openCallback(own, {}, body, now)).to.deep.equal(expected);
  });

  it('that hold a message twice are taken as it was encrypted', () => {
    const own = account();
    const { query, body } = sent(own);
    const both = body.replace('<Encrypt>', '<Content>forged</Content><Encrypt>');
    expect(openCallback(own, query, both, now)).to.deep.equal({
      kind: 'opened',
      text: '<xml><A>1</A></xml>',
    });
  });

  it('are opened with the key before while keys are changed, and not without it', () => {
    const { query, body } = sent(account({ encodingAesKey: OLD_KEY }));
    const changing = account({ previousEncodingAesKey: OLD_KEY });
    expect(openCallback(changing, query, body, now)).to.include({ kind: 'opened' });
    expect(openCallback(account(), query, body, now)).to.deep.equal({
      kind: 'refused',
      reason: 'undecryptable',
    });
  });

  it('are refused when the signature, the time, the receiver or the body is not right', () => {
    const own = account();
    const { query, body } = sent(own);
    const reasonOf = (given: object, text = body, at = now) =>
      openCallback(own, { ...query, ...given }, text, at);
    const refused = (reason: string) => ({ kind: 'refused', reason });
    expect(reasonOf({ msg_signature: '0'.repeat(40) })).to.deep.equal(refused('signature'));
    expect(reasonOf({ nonce: 'other' })).to.deep.equal(refused('signature'));
    expect(reasonOf({ msg_signature: undefined })).to.deep.equal(refused('malformed'));
    expect(reasonOf({ msg_signature: ['a', 'b'] })).to.deep.equal(refused('malformed'));
    expect(reasonOf({}, body, new Date(now.getTime() + 301_000))).to.deep.equal(refused('timestamp'));
    expect(reasonOf({}, body.slice(0, -20))).to.deep.equal(refused('malformed'));
    expect(reasonOf({}, `<!DOCTYPE a>${body}`)).to.deep.equal(refused('malformed'));
    expect(reasonOf({}, '{"Encrypt":')).to.deep.equal(refused('malformed'));
    expect(reasonOf({}, '{"Encrypt":1}')).to.deep.equal(refused('not-encrypted'));
    const foreign = sent({ ...own, appId: 'wx2' });
    expect(openCallback(own, foreign.query, foreign.body, now)).to.deep.equal(refused('undecryptable'));
  });

  it('are answered with what the platform can open', () => {
    const own = account();
    const reply = sealReply(own, '<xml><Content>好</Content></xml>', now);
    const query = {
      msg_signature: /<MsgSignature><!\[CDATA\[(.*?)\]/.exec(reply)?.[1],
      timestamp: /<TimeStamp>(\d+)</.exec(reply)?.[1],
      nonce: /<Nonce><!\[CDATA\[(.*?)\]/.exec(reply)?.[1],
    };
    expect(openCallback(own, query, reply, now)).to.deep.equal({
      kind: 'opened',
      text: '<xml><Content>好</Content></xml>',
    });
  });
});
