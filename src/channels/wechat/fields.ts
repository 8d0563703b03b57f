import { z } from 'zod';

/** A field as text: XML has texts only, JSON has numbers too. */
export const text = z.union([z.string(), z.number()]).transform(String);

/** A field that may be missing. */
export const optional = text.optional().default('');
