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

/** A picture drawn anew: upright, without metadata or anything that was not picture. */
export interface RedrawnPicture {
  jpeg: Buffer;
  width: number;
  height: number;
  /** Of `jpeg`, in hex. */
  sha256: string;
}

export type PreparedImage =
  | (RedrawnPicture & {
      kind: 'ok';
      warnings: QualityWarning[];
      /** What it looks like, in its four rotations; absent when there is nothing on it. */
      hashes: bigint[] | undefined;
    })
  | { kind: 'refused'; code: UploadRefusal };

const refused = <T extends UploadRefusal>(code: T) => ({ kind: 'refused' as const, code });

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

/** What may come of drawing a picture anew, whatever it is to be used for. */
export type RedrawOutcome =
  | ({ kind: 'ok' } & RedrawnPicture)
  | { kind: 'refused'; code: 'PictureUnreadable' | 'PictureTooLarge' | 'TooManyUploads' };

/** Draws a picture of an accepted type anew, small ones too. Never throws because of the bytes. */
export async function redrawPicture(bytes: Uint8Array): Promise<RedrawOutcome> {
  const drawn = await gate.run(() => redraw(bytes));
  return drawn ? drawn.value : refused('TooManyUploads');
}

async function redraw(bytes: Uint8Array): Promise<RedrawOutcome> {
  const size = await sizeOf(bytes);
  if (!size) return refused('PictureUnreadable');
  if (size.width * size.height > PICTURE_RULES.maxPixels) return refused('PictureTooLarge');
  const picture = await readable(() => encode(bytes));
  if (!picture) return refused('PictureUnreadable');
  const { data, info } = picture;
  return { kind: 'ok', jpeg: data, width: info.width, height: info.height, sha256: sha256(data) };
}

async function draw(bytes: Uint8Array, slot: Slot): Promise<PreparedImage> {
  const size = await sizeOf(bytes);
  if (!size) return refused('PictureUnreadable');
  const shortSide = Math.min(size.width, size.height);
  const isLarge = size.width * size.height > PICTURE_RULES.maxPixels;
  if (!isLarge && shortSide < PICTURE_RULES.refusedShortSide) return refused('PictureTooSmall');

  const picture = await redraw(bytes);
  if (picture.kind === 'refused') return picture;
  const quality = measureQuality(await greyscale(picture.jpeg));
  return {
    ...picture,
    warnings: qualityWarnings(quality, shortSide, slot),
    hashes: await pictureHashes(picture.jpeg),
  };
}

/** The header alone is read without a limit: it costs nothing and tells "too large" from "broken". */
function sizeOf(bytes: Uint8Array) {
  return readable(() => sharp(bytes, { limitInputPixels: false }).metadata());
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
