import type { FastifyInstance } from 'fastify';
import { Refusal } from './refusal.ts';

/** What no database keeps: NUL, and halves of characters. */
const BROKEN = /[\0\p{Surrogate}]/u;

/** Whether all texts in it, keys included, are whole; nesting costs memory, not stack. */
function isWhole(given: unknown): boolean {
  const rest = [given];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' && BROKEN.test(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inside] of Object.entries(value)) rest.push(key, inside);
  }
  return true;
}

/** Refuses requests with texts that cannot be stored, before any route sees them. */
export function requireWholeText(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body, params, query }) => {
    if (![body, params, query].every(isWhole))
      throw new Refusal(400, 'BadText', 'There are characters in it that are none.');
  });
}
