import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Callbacks are a few hundred bytes; the longest text a customer can send makes some kilobytes. */
export const MAX_CALLBACK_BYTES = 64 * 1024;

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  // An id of 64 bits is a string, and so is a customer's "007".
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 8,
});

/** The platforms' messages have some dozens; it takes long to read more, and nobody has to sign them before. */
const MAX_TAGS = 256;

/** Entities are nothing the platforms use: a document that declares one is not from them. */
const DECLARES = /<!(?:DOCTYPE|ENTITY)/i;

/**
 * What is inside `<xml>`: texts by tag, elements within as objects. Undefined for what is not one well-formed
 * document of the platforms: too long, with a DOCTYPE, cut off, deeply nested, of too many parts.
 */
export function parseXml(body: string): Record<string, unknown> | undefined {
  if (Buffer.byteLength(body) > MAX_CALLBACK_BYTES) return undefined;
  const marks = withoutCdata(body);
  if (DECLARES.test(marks) || marks.split('<').length - 1 > MAX_TAGS) return undefined;
  try {
    if (XMLValidator.validate(body) !== true) return undefined;
    const document: unknown = parser.parse(body);
    const root =
      typeof document === 'object' && document !== null && 'xml' in document ? document.xml : undefined;
    return typeof root === 'object' && root !== null && !Array.isArray(root)
      ? (root as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A customer may write 「<!DOCTYPE」, which is text. */
function withoutCdata(body: string): string {
  let kept = '';
  for (let from = 0; ; ) {
    const begin = body.indexOf('<![CDATA[', from);
    const end = begin < 0 ? -1 : body.indexOf(']]>', begin);
    if (end < 0) return kept + body.slice(from);
    kept += body.slice(from, begin);
    from = end + ']]>'.length;
  }
}

/** A text inside CDATA, whatever is in it. */
export const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
