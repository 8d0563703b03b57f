import { z } from 'zod';

/** An id that the platform has given. */
export const id = z.string().regex(/^[\w-]{1,128}$/);

/** A field that may be missing. */
export const optional = z.string().optional().default('');
