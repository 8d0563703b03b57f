import type { ChatFileType } from '../domain/chat-file.ts';

const MAX_CHARS = 80;
const ENDINGS: Record<ChatFileType, string> = { 'image/jpeg': '.jpg', 'application/pdf': '.pdf' };
const USUAL: Record<ChatFileType, string> = { 'image/jpeg': '照片', 'application/pdf': '文件' };

/**
 * A name that both sides may see: one line without a path, and with the ending of what the file really is, whatever
 * it was called.
 */
export function fileName(given: string, mediaType: ChatFileType): string {
  const base = given
    .replace(/^.*[\\/]/s, '')
    // Control characters, and marks that turn round what is printed after them.
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  const short = [...base].slice(0, MAX_CHARS).join('').trim();
  return `${short || USUAL[mediaType]}${ENDINGS[mediaType]}`;
}
