import { createCipheriv, randomBytes } from 'node:crypto';
import * as oracle from '@wecom/crypto';
import { expect } from 'chai';
import { aesKeyOf, decrypt, encrypt } from '../../../src/channels/tencent/aes.ts';
import { vectorsOf } from './vectors.ts';

const ENCODED = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const key = aesKeyOf(ENCODED);

/** As the platform would, for a plaintext that it would never make. */
function raw(plain: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

function framed(parts: { text?: string; length?: number; receiver?: string; padding?: number[] }): string {
  const message = Buffer.from(parts.text ?? '你好');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(parts.length ?? message.length);
  const plain = Buffer.concat([Buffer.alloc(16, 7), length, message, Buffer.from(parts.receiver ?? 'wx1')]);
  const missing = 32 - (plain.length % 32);
  return raw(Buffer.concat([plain, Buffer.from(parts.padding ?? Array(missing).fill(missing))]));
}

describe('callback encryption', () => {
  for (const vector of vectorsOf('encrypt')) {
    it(`encrypts the published vector ${vector.id}`, () => {
      const made = encrypt(
        aesKeyOf(vector.encodingAESKey),
        vector.plain,
        vector.receiveId,
        Buffer.from(vector.random),
      );
      expect(made).to.equal(vector.encrypt);
    });
  }

  for (const vector of [...vectorsOf('encrypt'), ...vectorsOf('decrypt'), ...vectorsOf('verifyUrl')]) {
    it(`decrypts the published vector ${vector.id}`, () => {
      expect(decrypt(aesKeyOf(vector.encodingAESKey), vector.encrypt, vector.receiveId)).to.equal(
        vector.plain,
      );
    });
  }

  it('reads what the official library writes, and the other way round, at every length around a block', () => {
    for (let length = 0; length < 80; length++) {
      const text = '汉'.repeat(length % 7) + 'x'.repeat(length);
      expect(decrypt(key, oracle.encrypt(ENCODED, text, 'ww1'), 'ww1')).to.equal(text);
      expect(oracle.decrypt(ENCODED, encrypt(key, text, 'ww1'))).to.deep.include({
        message: text,
        id: 'ww1',
      });
    }
  });

  it('reads a message that is framed as it should be', () => {
    expect(decrypt(key, framed({}), 'wx1')).to.equal('你好');
  });

  const bad: Record<string, string> = {
    'of another receiver': framed({ receiver: 'wx2' }),
    'of a receiver that only begins like ours': framed({ receiver: 'wx12' }),
    'whose length is beyond its end': framed({ length: 4000 }),
    'whose length is negative as a signed number': framed({ length: 0xffff_ffff }),
    'without padding': raw(Buffer.alloc(32, 0)),
    'padded with more than a block': raw(Buffer.alloc(64, 33)),
    'padded with unequal bytes': framed({ text: 'x'.repeat(4), padding: [1, 2, 3, 4, 5] }),
    'shorter than its frame': raw(Buffer.alloc(32, 20)),
    'that is padding alone': raw(Buffer.alloc(32, 32)),
    'cut within a block': framed({}).slice(0, 20),
    'that is no base64': `${framed({}).slice(0, -2)}!!`,
    'with blanks between': ` ${framed({})}`,
    'that is empty': '',
    'with half a character': framed({ text: '你好', length: 5, receiver: '\ufffd' }),
  };
  for (const [what, encrypted] of Object.entries(bad)) {
    it(`makes nothing of a message ${what}`, () => {
      expect(decrypt(key, encrypted, 'wx1')).to.equal(undefined);
    });
  }

  it('makes nothing of random bytes, and does not throw', () => {
    for (let round = 0; round < 500; round++) {
      expect(decrypt(key, randomBytes(32 * (1 + (round % 5))).toString('base64'), 'wx1')).to.equal(undefined);
    }
  });

  it('takes no key of another length or alphabet', () => {
    expect(() => aesKeyOf(ENCODED.slice(1))).to.throw(TypeError);
    expect(() => aesKeyOf(ENCODED.replace('a', '='))).to.throw(TypeError);
  });
});
