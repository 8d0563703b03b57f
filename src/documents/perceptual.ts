import sharp from 'sharp';

/** What a picture looks like: 64 bits, one per step between neighbouring grey levels of a 9 x 8 miniature. */
const COLUMNS = 9;
const ROWS = 8;
/** Side of the square that rotations are made from: a quarter turn of it is exact. */
const SQUARE = 72;
/** Below this spread of grey levels a picture says nothing: a white sheet resembles every other one. */
const MIN_SPREAD = 6;

const WORD = 0xffffn;
const BAND_BITS = 16n;

/** Grey levels of the picture drawn into a small square, row by row. */
async function square(jpeg: Buffer): Promise<Uint8Array> {
  return sharp(jpeg).resize(SQUARE, SQUARE, { fit: 'fill', kernel: 'lanczos3' }).greyscale().raw().toBuffer();
}

function turned(pixels: Uint8Array): Uint8Array {
  const result = new Uint8Array(pixels.length);
  for (let y = 0; y < SQUARE; y++)
    for (let x = 0; x < SQUARE; x++) result[x * SQUARE + (SQUARE - 1 - y)] = pixels[y * SQUARE + x] ?? 0;
  return result;
}

/** Mean grey level of each field of the miniature. */
function miniature(pixels: Uint8Array): number[] {
  const [width, height] = [SQUARE / COLUMNS, SQUARE / ROWS];
  const fields: number[] = [];
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS; column++) {
      let sum = 0;
      for (let y = row * height; y < (row + 1) * height; y++)
        for (let x = column * width; x < (column + 1) * width; x++) sum += pixels[y * SQUARE + x] ?? 0;
      fields.push(sum / (width * height));
    }
  return fields;
}

function spread(fields: number[]): number {
  const mean = fields.reduce((sum, field) => sum + field, 0) / fields.length;
  return Math.sqrt(fields.reduce((sum, field) => sum + (field - mean) ** 2, 0) / fields.length);
}

function bitsOf(fields: number[]): bigint {
  let bits = 0n;
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS - 1; column++) {
      const at = row * COLUMNS + column;
      bits = (bits << 1n) | ((fields[at] ?? 0) < (fields[at + 1] ?? 0) ? 1n : 0n);
    }
  return bits;
}

/**
 * The difference hash of a picture in its four rotations, as it lies first; undefined for one without anything on it
 * that could be told apart.
 */
export async function pictureHashes(jpeg: Buffer): Promise<bigint[] | undefined> {
  let pixels = await square(jpeg);
  const hashes: bigint[] = [];
  for (let turns = 0; turns < 4; turns++) {
    const fields = miniature(pixels);
    if (turns === 0 && spread(fields) < MIN_SPREAD) return undefined;
    hashes.push(bitsOf(fields));
    pixels = turned(pixels);
  }
  return hashes;
}

/** Bits in which two hashes differ. */
export function distance(a: bigint, b: bigint): number {
  let bits = a ^ b;
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count++;
  return count;
}

/** The four 16-bit parts of a hash, which are looked up one by one. */
export function bandsOf(hash: bigint): [number, number, number, number] {
  const band = (n: bigint) => Number((hash >> (n * BAND_BITS)) & WORD);
  return [band(0n), band(1n), band(2n), band(3n)];
}

/** A band and all that differ from it by one bit: hashes up to seven bits apart share one of them in some band. */
export function nearBands(band: number): number[] {
  return [band, ...Array.from({ length: Number(BAND_BITS) }, (_, bit) => band ^ (1 << bit))];
}

/** A hash as PostgreSQL's signed 64 bits. */
export const signed = (hash: bigint): bigint => BigInt.asIntN(64, hash);
