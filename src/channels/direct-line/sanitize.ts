import type { Mask, SensitiveKind } from '../../domain/intent.ts';
import { cleanText } from '../clean-text.ts';
import { Refusal } from './refusal.ts';

const MAX_DEPTH = 32;
/** Identifiers a client needs back unchanged to recognise its own message. */
const CLIENT_IDS = new Set(['clientActivityID', 'clientActivityId', 'clientTimestamp']);
/** What clients use as identifiers; anything else may be a text. */
export const ID_LIKE = /^[\w.:+-]{1,128}$/;

export interface Sanitizer {
  text(text: string): string;
  /** Kinds of sensitive data in a text, for the bot to warn of. */
  sensitive(text: string): SensitiveKind[];
  /** Every string, key and number in it; throws 400 when it is nested too deeply. */
  value(value: unknown): unknown;
}

/** Cleans, then masks: what it returns may be stored and logged. */
export function createSanitizer(mask: Mask): Sanitizer {
  const text = (raw: string) => mask(cleanText(raw)).text;

  function property(key: string, value: unknown, depth: number): [string, unknown] {
    if (CLIENT_IDS.has(key) && typeof value === 'string' && ID_LIKE.test(value)) return [key, value];
    if (CLIENT_IDS.has(key) && typeof value === 'number') return [key, value];
    return [text(key), walk(value, depth)];
  }

  function walk(value: unknown, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Refusal(400, 'BadArgument', 'The body is nested too deeply.');
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') {
      // A card or phone number may come as a number, too; sizes and counts are shorter.
      if (!Number.isInteger(value) || Math.abs(value) < 1e10) return value;
      const masked = mask(String(value)).text;
      return masked === String(value) ? value : masked;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    const properties = Object.entries(value).map(([key, item]) => property(key, item, depth + 1));
    return Object.fromEntries(properties.filter(([key]) => key !== '__proto__'));
  }

  const sensitive = (raw: string) => mask(cleanText(raw)).sensitive;
  return { text, sensitive, value: (value) => walk(value, 0) };
}
