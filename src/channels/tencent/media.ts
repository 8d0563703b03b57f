import { FormData } from 'undici';
import { z } from 'zod';

/** A file to upload; `type` as the platform calls it. */
export interface MediaUpload {
  type: 'image' | 'file';
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** The form of an upload, the same on both platforms. */
export function mediaForm({ name, contentType, bytes }: MediaUpload): FormData {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)], { type: contentType }), name);
  return form;
}

export const uploaded = z.object({ media_id: z.string().min(1) }).transform((it) => it.media_id);
