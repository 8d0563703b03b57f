import { type Mask, type Masked, SENSITIVE_KINDS } from '../domain/intent.ts';
import { findAbroad } from './masking/abroad.ts';
import { findNumbers } from './masking/numbers.ts';
import { findPrintedBeside } from './masking/printed.ts';
import { findSecrets } from './masking/secrets.ts';
import { shadowOf } from './masking/shadow.ts';
import { Claims, type Span } from './masking/span.ts';

function findAll(text: string): Span[] {
  const shadow = shadowOf(text);
  const claims = new Claims(shadow.text.length);
  const secrets = findSecrets(shadow).filter((span) => claims.take(span));
  const numbers = findNumbers(shadow).filter((span) => claims.take(span));
  const beside = numbers
    .filter((number) => number.kind === 'pan')
    .flatMap((card) => findPrintedBeside(shadow, card))
    .filter((span) => claims.take(span));
  const abroad = findAbroad(shadow).filter((span) => claims.take(span));
  return [...secrets, ...numbers, ...beside, ...abroad]
    .sort((a, b) => a.start - b.start)
    .map((span) => ({ ...span, ...shadow.original(span.start, span.end) }));
}

function cutOut(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, replacement } of spans) {
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** A cut can bring two numbers together; what is left is looked at again until nothing is found. */
const MAX_PASSES = 4;

/**
 * Removes card, identity and mobile numbers, codes and passwords from a text. A card keeps its last
 * four digits (`****1234`), a mobile number its form (`138****8000`); codes and passwords go wholly.
 * Works on any string, in linear time; masking a masked text changes nothing.
 */
export const mask: Mask = (text: string): Masked => {
  const kinds = new Set<Span['kind']>();
  let masked = text;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const spans = findAll(masked);
    if (spans.length === 0) break;
    for (const span of spans) kinds.add(span.kind);
    masked = cutOut(masked, spans);
  }
  return { text: masked, sensitive: SENSITIVE_KINDS.filter((kind) => kinds.has(kind)) };
};
