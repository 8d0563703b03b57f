import sharp from 'sharp';

const [WIDTH, HEIGHT] = [1600, 1000];

/** A picture of its own for each seed: fields of many greys. */
export async function scene(seed: number): Promise<Buffer> {
  let state = seed * 7919;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3, 190);
  for (let field = 0; field < 40; field++) {
    const left = Math.floor(random() * WIDTH * 0.8);
    const top = Math.floor(random() * HEIGHT * 0.8);
    const right = Math.min(WIDTH, left + 40 + Math.floor(random() * WIDTH * 0.3));
    const bottom = Math.min(HEIGHT, top + 20 + Math.floor(random() * HEIGHT * 0.3));
    const level = Math.floor(random() * 255);
    for (let y = top; y < bottom; y++) pixels.fill(level, (y * WIDTH + left) * 3, (y * WIDTH + right) * 3);
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}
