import { getSignature } from '@wecom/crypto';
import { expect } from 'chai';
import { isSigned, isTimely, signatureOf } from '../../../src/channels/tencent/signature.ts';
import { vectorsOf } from './vectors.ts';

describe('callback signatures', () => {
  for (const { id, token, timestamp, nonce, encrypt, msgSignature } of [
    ...vectorsOf('decrypt'),
    ...vectorsOf('verifyUrl'),
  ]) {
    it(`fit the published vector ${id}, as the official library has it`, () => {
      expect(isSigned(msgSignature, [token, timestamp, nonce, encrypt])).to.equal(true);
      expect(getSignature(token, timestamp, nonce, encrypt)).to.equal(msgSignature);
    });
  }

  for (const { id, token, timestamp, nonce, signature } of vectorsOf('plainSignature')) {
    it(`fit the published vector ${id}, where nothing is encrypted`, () => {
      expect(isSigned(signature, [token, timestamp, nonce])).to.equal(true);
    });
  }

  it('are refused when one character differs, or they are longer, shorter or empty', () => {
    const parts = ['token', '1', 'nonce'];
    const right = signatureOf(...parts);
    const wrong = [`${right.slice(0, -1)}g`, `${right}0`, right.slice(1), '', right.toUpperCase()];
    for (const given of wrong) expect(isSigned(given, parts), given).to.equal(false);
  });

  it('may be off by their window and no more', () => {
    const now = new Date(1_700_000_000_000);
    for (const away of [-300, 0, 300])
      expect(isTimely(String(1_700_000_000 + away), now, 300)).to.equal(true);
    for (const away of [-301, 301]) expect(isTimely(String(1_700_000_000 + away), now, 300)).to.equal(false);
    expect(isTimely('1409659589', now, 0)).to.equal(true);
    for (const odd of ['', '-1', '1e9', '1700000000000000', ' 1700000000']) {
      expect(isTimely(odd, now, 0), odd).to.equal(false);
    }
  });
});
