import { expect } from 'chai';
import sharp from 'sharp';
import { bandsOf, distance, nearBands, pictureHashes } from '../../src/documents/perceptual.ts';
import { scene } from './scene.ts';

async function hashesOf(jpeg: Buffer): Promise<bigint[]> {
  const hashes = await pictureHashes(jpeg);
  if (!hashes) throw new Error('the picture says nothing');
  return hashes;
}

/** Bits between a picture and the nearest rotation of another. */
async function apart(one: Buffer, other: Buffer): Promise<number> {
  const [first = 0n] = await hashesOf(one);
  return Math.min(...(await hashesOf(other)).map((hash) => distance(hash, first)));
}

describe('what a picture looks like', () => {
  const changes: [name: string, change: (jpeg: Buffer) => Promise<Buffer>][] = [
    ['recompressed', (jpeg) => sharp(jpeg).jpeg({ quality: 30 }).toBuffer()],
    ['shrunk', (jpeg) => sharp(jpeg).resize(700).jpeg().toBuffer()],
    ['blurred', (jpeg) => sharp(jpeg).blur(4).jpeg().toBuffer()],
    ['darkened', (jpeg) => sharp(jpeg).linear(0.6, 0).jpeg().toBuffer()],
    ['turned by 90°', (jpeg) => sharp(jpeg).rotate(90).jpeg({ quality: 60 }).toBuffer()],
    ['turned by 180°', (jpeg) => sharp(jpeg).rotate(180).jpeg({ quality: 60 }).toBuffer()],
    ['turned by 270°', (jpeg) => sharp(jpeg).rotate(270).jpeg({ quality: 60 }).toBuffer()],
  ];
  for (const [name, change] of changes)
    it(`stays nearly the same when ${name}`, async () => {
      const jpeg = await scene(1);
      expect(await apart(jpeg, await change(jpeg))).to.be.at.most(4);
    });

  it('is another for another picture', async () => {
    expect(await apart(await scene(1), await scene(2))).to.be.greaterThan(10);
  });

  it('is nothing for a white sheet', async () => {
    const sheet = sharp({ create: { width: 800, height: 600, channels: 3, background: '#fdfdfd' } });
    expect(await pictureHashes(await sheet.jpeg().toBuffer())).to.equal(undefined);
  });

  it('finds what is up to seven bits away by a band', () => {
    const hash = 0x123456789abcdef0n;
    const flipped = [0, 1, 17, 18, 34, 35, 60].reduce((bits, bit) => bits ^ (1n << BigInt(bit)), hash);
    expect(distance(hash, flipped)).to.equal(7);
    const shared = bandsOf(flipped).map((band, n) => nearBands(bandsOf(hash)[n] ?? 0).includes(band));
    expect(shared).to.include(true);
  });
});
