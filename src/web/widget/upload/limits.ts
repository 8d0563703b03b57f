import { fill, texts } from '../texts.ts';

/** What the card takes, as the customer reads it. */
export function sizeText(maxBytes: number): string {
  return fill(texts.upload.limits, { size: Math.floor(maxBytes / 1024 / 1024) });
}
