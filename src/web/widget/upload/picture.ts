import type { UploadRequest } from './request.ts';

/** What is taken: MIME types and bytes. */
type Limits = Pick<UploadRequest, 'accept' | 'maxBytes'>;

/** Longest edge that is sent: sharp enough to read small print, small enough for a slow line. */
const MAX_EDGE_PX = 4000;
/** Below this a photo is sent untouched. */
const LIGHT_BYTES = 4 * 1024 * 1024;
const JPEG_QUALITY = 0.92;

export type Prepared =
  | { kind: 'ready'; file: File }
  | { kind: 'unusable'; reason: 'empty' | 'heic' | 'wrongType' | 'tooLarge' };

/** Checks a chosen file and makes a huge or foreign photo fit; nothing leaves the device here. */
export async function preparePicture(file: File, request: Limits): Promise<Prepared> {
  if (file.size === 0) return { kind: 'unusable', reason: 'empty' };
  const accepted = request.accept.length === 0 || request.accept.includes(file.type);
  if (accepted && file.size <= Math.min(LIGHT_BYTES, request.maxBytes)) return { kind: 'ready', file };

  const smaller = await redraw(file);
  if (smaller && smaller.size <= request.maxBytes) return { kind: 'ready', file: smaller };
  if (!accepted) return { kind: 'unusable', reason: isHeic(file) ? 'heic' : 'wrongType' };
  return file.size <= request.maxBytes ? { kind: 'ready', file } : { kind: 'unusable', reason: 'tooLarge' };
}

/** As iPhones take them; other systems often give no type to it. */
const isHeic = ({ type, name }: File) => /^image\/hei[cf]/.test(type) || /\.hei[cf]$/i.test(name);

/** The picture as a JPEG of bounded size; undefined when the browser cannot read it. */
async function redraw(file: File): Promise<File | undefined> {
  try {
    const bitmap = await decode(file);
    const scale = Math.min(1, MAX_EDGE_PX / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    if ('close' in bitmap) bitmap.close();
    const blob = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY),
    );
    return blob ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : undefined;
  } catch {
    return undefined;
  }
}

/** WebKit before 15 has no `createImageBitmap`. */
async function decode(file: File): Promise<ImageBitmap | HTMLImageElement> {
  if ('createImageBitmap' in window) return createImageBitmap(file);
  const address = URL.createObjectURL(file);
  try {
    return await new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = reject;
      image.src = address;
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
