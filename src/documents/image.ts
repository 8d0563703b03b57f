import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import {
  ACCEPTED_TYPES,
  MAX_UPLOAD_BYTES,
  type QualityWarning,
  type Slot,
  type UploadRefusal,
} from '../domain/document.ts';
import { createGate } from './gate.ts';
import { pictureHashes } from './perceptual.ts';
import { PICTURE_RULES } from './picture-rules.ts';
import { measureQuality, qualityWarnings } from './quality.ts';

// Process-wide. libvips reads SVG, PDF and more by itself, and a file chooses its own reader; only
// three may read here. One thread a picture and no cache keep the memory small.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.concurrency(1);
sharp.cache(false);

/** Two pictures of 50 megapixels at once; eight more uploads of 10 MB may wait. */
const gate = createGate({ active: 2, waiting: 8 });

export type PreparedImage =
  | {
      kind: 'ok';
      /** The picture drawn anew: upright, without metadata or anything that was not picture. */
      jpeg: Buffer;
      width: number;
      height: number;
      /** Of `jpeg`, in hex. */
      sha256: string;
      warnings: QualityWarning[];
      /** What it looks like, in its four rotations; absent when there is nothing on it. */
      hashes: bigint[] | undefined;
    }
  | { kind: 'refused'; code: UploadRefusal };

const refused = (code: UploadRefusal): PreparedImage => ({ kind: 'refused', code });

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Turns a file from outside into a picture that is safe to keep, or says why not. Name and declared
 * type of the file are not asked: only its bytes count. Never throws because of the bytes.
 */
export async function prepareImage(bytes: Uint8Array, slot: Slot): Promise<PreparedImage> {
  if (bytes.length === 0) return refused('FileEmpty');
  if (bytes.length > MAX_UPLOAD_BYTES) return refused('FileTooLarge');
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!ACCEPTED_TYPES.some((accepted) => accepted === type?.mime)) return refused('TypeNotAccepted');

  const drawn = await gate.run(() => draw(bytes, slot));
  return drawn ? drawn.value : refused('TooManyUploads');
}

async function draw(bytes: Uint8Array, slot: Slot): Promise<PreparedImage> {
  // The header alone is read without a limit: it costs nothing and tells "too large" from "broken".
  const header = await readable(() => sharp(bytes, { limitInputPixels: false }).metadata());
  if (!header) return refused('PictureUnreadable');
  if (header.width * header.height > PICTURE_RULES.maxPixels) return refused('PictureTooLarge');
  const shortSide = Math.min(header.width, header.height);
  if (shortSide < PICTURE_RULES.refusedShortSide) return refused('PictureTooSmall');

  const picture = await readable(() => encode(bytes));
  if (!picture) return refused('PictureUnreadable');
  const quality = measureQuality(await greyscale(picture.data));
  return {
    kind: 'ok',
    jpeg: picture.data,
    width: picture.info.width,
    height: picture.info.height,
    sha256: sha256(picture.data),
    warnings: qualityWarnings(quality, shortSide, slot),
    hashes: await pictureHashes(picture.data),
  };
}

/** `undefined` when sharp cannot read the bytes: its errors say nothing more that we could act on. */
async function readable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

function encode(bytes: Uint8Array) {
  return (
    // `error` refuses cut-off files; `warning` would also refuse what many phones write into theirs.
    sharp(bytes, { limitInputPixels: PICTURE_RULES.maxPixels, failOn: 'error', pages: 1 })
      .rotate()
      .resize(PICTURE_RULES.maxStoredSide, PICTURE_RULES.maxStoredSide, {
        fit: 'inside',
        withoutEnlargement: true,
      })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: PICTURE_RULES.jpegQuality })
      .toBuffer({ resolveWithObject: true })
  );
}

async function greyscale(jpeg: Buffer) {
  const { data, info } = await sharp(jpeg)
    .resize(1000, undefined, { withoutEnlargement: true })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
