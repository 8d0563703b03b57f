import sharp from 'sharp';

const WIDTH = 1600;
const HEIGHT = 1000;
const made = new Map<string, Promise<Buffer>>();

/** Rows of dark print on a light card: sharp and bright enough to pass as a good picture. */
async function draw(kind: 'good' | 'dark' | 'blurred'): Promise<Buffer> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const print = y % 58 > 16 && y % 58 < 42 && (x + ((y / 58) | 0) * 13) % 64 > 30;
      const value = print ? 35 : 165 + ((x + y) % 23);
      pixels.fill(value, (y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3);
    }
  }
  const picture = sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
  if (kind === 'dark') picture.linear(0.15, 0);
  if (kind === 'blurred') picture.blur(12);
  return picture.jpeg({ quality: 90 }).toBuffer();
}

/** A picture as a customer's phone would take it. */
export function photo(kind: 'good' | 'dark' | 'blurred'): Promise<Buffer> {
  const known = made.get(kind) ?? draw(kind);
  made.set(kind, known);
  return known;
}
