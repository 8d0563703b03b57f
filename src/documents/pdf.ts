import { constants, inflateSync } from 'node:zlib';

/**
 * What acts by itself, carries another file along, or hides what is inside (ISO 32000-1, 7.5.7, 7.6, 7.11.4, 12.6.4,
 * 12.7.8). Links to pages are not among them.
 */
const ACTIVE =
  /\/(JavaScript|Launch|SubmitForm|ImportData|GoToE|EmbeddedFiles?|RichMedia|XFA|Rendition|Encrypt)(?=[\s()<>[\]{}/%]|$)/;
/** The end may have some bytes behind it, not another file. */
const END_WITHIN = 1024;
/** Of all that is unpacked to look into it. */
const MAX_UNPACKED = 32 * 1024 * 1024;

/** Any character of a name may be written as `#` and its code. */
const unescaped = (text: string) =>
  text.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Whether packed objects are packed in the one way that is looked into here. */
function isPlainlyPacked(dictionary: string): boolean {
  if (dictionary.includes('/DecodeParms')) return false;
  const filters = dictionary.match(/\/(\w+Decode|Crypt)\b/g) ?? [];
  return filters.length === 1 && filters[0] === '/FlateDecode';
}

/** The objects that a PDF keeps packed; undefined where they cannot be looked into. */
function unpack(bytes: Buffer, text: string): string[] | undefined {
  const unpacked: string[] = [];
  let room = MAX_UNPACKED;
  let from = 0;
  for (const { index, 0: keyword } of text.matchAll(/(?<!end)stream\r?\n/g)) {
    const dictionary = unescaped(text.slice(from, index));
    from = index;
    if (!dictionary.includes('/ObjStm')) continue;
    if (!isPlainlyPacked(dictionary)) return undefined;
    try {
      const options = { maxOutputLength: room, finishFlush: constants.Z_SYNC_FLUSH };
      const objects = inflateSync(bytes.subarray(index + keyword.length), options);
      room -= objects.length;
      unpacked.push(unescaped(objects.toString('latin1')));
    } catch {
      return undefined;
    }
  }
  return unpacked;
}

/**
 * Whether a PDF is nothing but pages: no scripts, no other files inside, not locked, and nothing behind its end.
 * It cannot be drawn anew like a picture, so what is not plainly harmless is not.
 */
export function isHarmlessPdf(file: Uint8Array): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const text = bytes.toString('latin1');
  if (!text.startsWith('%PDF-') || !text.slice(-END_WITHIN).includes('%%EOF')) return false;
  if (ACTIVE.test(unescaped(text))) return false;
  return unpack(bytes, text)?.every((objects) => !ACTIVE.test(objects)) ?? false;
}
