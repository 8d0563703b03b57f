import { expect } from 'chai';
import sharp from 'sharp';
import { type PreparedImage, prepareImage } from '../../src/documents/image.ts';
import type { Slot } from '../../src/domain/document.ts';
import { card, photo, pngBomb } from './pictures.ts';

async function refusal(bytes: Uint8Array, slot: Slot = 'id-front'): Promise<string> {
  const image = await prepareImage(bytes, slot);
  return image.kind === 'refused' ? image.code : 'taken in';
}

async function accepted(
  bytes: Uint8Array,
  slot: Slot = 'id-front',
): Promise<Extract<PreparedImage, { kind: 'ok' }>> {
  const image = await prepareImage(bytes, slot);
  if (image.kind === 'refused') throw new Error(`refused: ${image.code}`);
  return image;
}

const SVG = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>',
);

describe('prepareImage: what is refused', function () {
  this.timeout(20_000);
  it('refuses an empty file', async () => {
    expect(await refusal(new Uint8Array())).to.equal('FileEmpty');
  });

  it('refuses 11 MB, picture or not', async () => {
    const large = Buffer.concat([await photo(), Buffer.alloc(11 * 1024 * 1024)]);
    expect(await refusal(large)).to.equal('FileTooLarge');
  });

  it('refuses everything that is not a JPEG, PNG or WebP by its bytes', async () => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const gif = await card(800, 800).gif().toBuffer();
    const tiff = await card(800, 800).tiff().toBuffer();
    const avif = await card(800, 800).avif({ effort: 0 }).toBuffer();
    for (const bytes of [SVG, html, gif, tiff, avif, Buffer.from('你好'), Buffer.from('%PDF-1.7\n')]) {
      expect(await refusal(bytes)).to.equal('TypeNotAccepted');
    }
  });

  it('refuses an SVG behind the first bytes of a JPEG', async () => {
    const disguised = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), SVG]);
    expect(await refusal(disguised)).to.equal('PictureUnreadable');
  });

  it('leaves no reader for SVG, GIF or TIFF in the process', async () => {
    for (const bytes of [SVG, await card(64, 64).gif().toBuffer(), await card(64, 64).tiff().toBuffer()]) {
      const error = await sharp(bytes)
        .metadata()
        .catch((fault: unknown) => fault);
      expect(error).to.be.instanceOf(Error);
    }
  });

  it('refuses a 900-megapixel PNG of 110 kB without decoding it', async () => {
    const bomb = pngBomb();
    expect(bomb.length).to.be.below(200_000);
    const before = process.memoryUsage().rss;
    expect(await refusal(bomb)).to.equal('PictureTooLarge');
    expect(process.memoryUsage().rss - before).to.be.below(50e6);
  });

  it('refuses pictures that were cut off', async () => {
    const whole = [
      await photo(),
      await card().png().toBuffer(),
      await card().webp({ quality: 90 }).toBuffer(),
      await card().jpeg({ progressive: true }).toBuffer(),
    ];
    for (const bytes of whole) {
      expect(await refusal(bytes.subarray(0, Math.floor(bytes.length * 0.6)))).to.equal('PictureUnreadable');
    }
  });

  it('refuses a picture too small to be checked', async () => {
    expect(await refusal(await photo(900, 319))).to.equal('PictureTooSmall');
    expect(await refusal(await photo(900, 320))).to.equal('taken in');
  });
});

describe('prepareImage: what is kept', function () {
  this.timeout(20_000);
  it('keeps a JPEG of every accepted type', async () => {
    const files = [await photo(), await card().png().toBuffer(), await card().webp().toBuffer()];
    for (const bytes of files) {
      const image = await accepted(bytes);
      expect(await sharp(image.jpeg).metadata()).to.include({ format: 'jpeg', width: 1200, height: 900 });
      expect(image.sha256).to.match(/^[0-9a-f]{64}$/);
    }
  });

  it('draws the picture anew, so that what hung behind or inside it is gone', async () => {
    const zip = Buffer.from('PK\u0003\u0004 payload.exe');
    const script = Buffer.from('<script>alert(1)</script>');
    const commented = Buffer.concat([Buffer.from([0xff, 0xfe, 0, script.length + 2]), script]);
    const jpeg = await photo();
    const polyglot = Buffer.concat([jpeg.subarray(0, 2), commented, jpeg.subarray(2), zip, script]);
    const image = await accepted(polyglot);
    expect(image.jpeg.includes('<script>')).to.equal(false);
    expect(image.jpeg.includes('PK\u0003\u0004')).to.equal(false);
    expect(image.jpeg.subarray(-2)).to.deep.equal(Buffer.from([0xff, 0xd9]));
  });

  it('drops EXIF with the place it was taken', async () => {
    const located = await card()
      .withExif({ IFD0: { Make: 'PhoneMaker' }, IFD3: { GPSLatitude: '31/1 13/1 0/1', GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer();
    expect(located.includes('PhoneMaker')).to.equal(true);
    const image = await accepted(located);
    expect(image.jpeg.includes('PhoneMaker')).to.equal(false);
    expect((await sharp(image.jpeg).metadata()).exif).to.equal(undefined);
  });

  it('turns the picture upright', async () => {
    const lying = await card(1200, 900).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const image = await accepted(lying);
    expect([image.width, image.height]).to.deep.equal([900, 1200]);
    expect((await sharp(image.jpeg).metadata()).orientation).to.equal(undefined);
  });

  it('keeps one frame of an animated WebP', async () => {
    const frames = await Promise.all([photo(700, 700), card(700, 700, 90).jpeg().toBuffer()]);
    const animated = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animated, { animated: true }).metadata()).pages).to.equal(2);
    const image = await accepted(animated);
    expect([image.width, image.height]).to.deep.equal([700, 700]);
  });

  it('brings a very large picture to 4000 px', async () => {
    const image = await accepted(await card(6000, 4500).jpeg({ quality: 60 }).toBuffer());
    expect([image.width, image.height]).to.deep.equal([4000, 3000]);
  });

  it('puts a see-through PNG on white', async () => {
    const clear = { create: { width: 700, height: 700, channels: 4, background: '#00000000' } } as const;
    const image = await accepted(await sharp(clear).png().toBuffer());
    const { channels } = await sharp(image.jpeg).stats();
    expect(channels[0]?.min).to.be.above(250);
  });
});

describe('prepareImage: what it warns of', function () {
  this.timeout(20_000);
  const warnings = async (bytes: Uint8Array, slot?: Slot) => (await accepted(bytes, slot)).warnings;

  it('says nothing about a good photo, large or small', async () => {
    expect(await warnings(await photo())).to.deep.equal([]);
    expect(await warnings(await photo(4000, 3000))).to.deep.equal([]);
  });

  it('says that a picture is small below 600 px', async () => {
    expect(await warnings(await photo(900, 599))).to.deep.equal(['small']);
    expect(await warnings(await photo(900, 600))).to.deep.equal([]);
  });

  it('says blurred from a blur that hides the text, not from a slight one', async () => {
    const large = await photo(4000, 3000);
    expect(await warnings(await sharp(large).blur(3).jpeg().toBuffer())).to.deep.equal([]);
    expect(await warnings(await sharp(large).blur(20).jpeg().toBuffer())).to.deep.equal(['blurred']);
  });

  it('calls a dark picture dark, not blurred', async () => {
    const dark = await sharp(await photo())
      .linear(0.1, 0)
      .jpeg()
      .toBuffer();
    expect(await warnings(dark)).to.deep.equal(['dark']);
  });

  it('says glare for one large white area, but not for white scattered about', async () => {
    const white = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
        .png()
        .toBuffer();
    const spot = await sharp(await photo())
      .composite([{ input: await white(480, 360), left: 300, top: 200 }])
      .jpeg()
      .toBuffer();
    expect(await warnings(spot)).to.deep.equal(['glare']);

    const speck = await white(60, 60);
    const places = Array.from({ length: 40 }, (_, i) => ({
      left: 20 + (i % 8) * 145,
      top: 20 + Math.floor(i / 8) * 170,
    }));
    const scattered = await sharp(await photo())
      .composite(places.map((place) => ({ input: speck, ...place })))
      .jpeg()
      .toBuffer();
    expect(await warnings(scattered)).to.deep.equal([]);
  });

  it('expects white paper in a bank letter', async () => {
    const letter = await card(1200, 900, 255).jpeg().toBuffer();
    expect(await warnings(letter, 'closure-certificate')).to.deep.equal([]);
    expect(await warnings(letter, 'id-front')).to.deep.equal(['glare']);
  });
});

describe('prepareImage: many at once', function () {
  this.timeout(20_000);
  it('lets two work and eight wait, and sends the others away', async () => {
    const picture = await photo(4000, 3000);
    const all = await Promise.all(Array.from({ length: 14 }, () => prepareImage(picture, 'id-front')));
    const codes = all.map((image) => (image.kind === 'ok' ? 'ok' : image.code));
    expect(codes.filter((code) => code === 'ok')).to.have.length(10);
    expect(codes.filter((code) => code === 'TooManyUploads')).to.have.length(4);
    expect(await refusal(picture)).to.equal('taken in');
  });
});
