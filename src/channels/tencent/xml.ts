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

/** Entities are nothing the platforms use: a document that declares one is not from them. */
const DECLARES = /<!(?:DOCTYPE|ENTITY)/i;

/**
 * What is inside `<xml>`: texts by tag, elements within as objects. Undefined for what is not one well-formed
 * document of the platforms: too long, with a DOCTYPE, cut off, deeply nested.
 */
export function parseXml(body: string): Record<string, unknown> | undefined {
  if (Buffer.byteLength(body) > MAX_CALLBACK_BYTES || DECLARES.test(withoutCdata(body))) return undefined;
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
const withoutCdata = (body: string) => body.replace(/<!\[CDATA\[.*?\]\]>/gs, '');

/** A text inside CDATA, whatever is in it. */
export const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
