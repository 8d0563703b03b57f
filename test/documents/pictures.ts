import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A card with lines of dark blocks, as sharp and as bright as a good photo of a document. */
export function card(width = 1200, height = 900, background = 170): Sharp {
  const data = Buffer.alloc(width * height * 3, background);
  const block = Math.max(4, Math.round(width / 250));
  let seed = 1;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  for (let y = block * 20; y < height - block * 20; y += block) {
    const isLine = Math.floor(y / (block * 5)) % 2 === 0;
    for (let x = block * 20; isLine && x < width - block * 20; x += block) {
      if (random() < 0.5) continue;
      for (let row = y; row < y + block; row++)
        data.fill(30, (row * width + x) * 3, (row * width + x + block) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A good picture as a phone would send it. */
export function photo(width = 1200, height = 900): Promise<Buffer> {
  return card(width, height).jpeg({ quality: 92 }).toBuffer();
}

/** A one-coloured picture whose bytes differ per level: cheap, and different from any other. */
export function plain(level: number): Promise<Buffer> {
  return card(800, 640, level).jpeg().toBuffer();
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A valid 1-bit PNG of 900 million points in about 110 kB. */
export function pngBomb(side = 30_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  const rows = Buffer.alloc((side / 8 + 1) * side);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
