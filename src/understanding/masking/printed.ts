import type { Shadow } from './shadow.ts';
import { hidden, type Span } from './span.ts';

/** Printed on the card beside the number: only believed when a card number is in the same message. */
const EXPIRY =
  /(?<![\d/.-])((?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-4]\d|(?:0[1-9]|1[0-2])[2-4]\d(?= ?[,;]? ?\d{3}(?!\d)|\s*$))(?![\d/]|[.-]\d)/;
const CODE = /^[ ,;、/]{1,3}(\d{3})(?![\d.,*]| ?[元块位次个個年月日号天分笔百千万])/;
/** Without an expiry date between them, three digits have to stand by themselves. */
const CODE_ALONE = /^[ ,;、/]{1,3}(\d{3})(?=\s*(?:$|[,;。!?]))/;

/** `12/27 123` after a card number: expiry and security code as they are read off the card. */
export function findPrintedBeside(shadow: Shadow, card: { end: number }): Span[] {
  const spans: Span[] = [];
  const nearby = shadow.text.slice(card.end, card.end + 40);
  let end = 0;
  const expiry = EXPIRY.exec(nearby);
  if (expiry) {
    const value = expiry[1] ?? '';
    spans.push(hidden('expiry', card.end + expiry.index, value));
    end = expiry.index + value.length;
  }
  const rest = nearby.slice(end);
  const code = (end > 0 ? CODE : CODE_ALONE).exec(rest)?.[1];
  if (code) spans.push(hidden('cvv', card.end + end + rest.indexOf(code), code));
  return spans;
}
