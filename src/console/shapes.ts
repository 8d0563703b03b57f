import { z } from 'zod';
import { ROLES } from '../domain/staff.ts';

/** Answers of the API; what is not named here does not leave the server. */
export const member = z.object({
  id: z.uuid(),
  login: z.string(),
  number: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  groups: z.array(z.string()),
  skills: z.array(z.string()),
  capacity: z.int(),
  locale: z.string(),
  active: z.boolean(),
  secondFactor: z.boolean(),
  customerId: z.string().optional(),
  version: z.int(),
});

export const session = z.object({
  stage: z.enum(['totp', 'enrol', 'new-password', 'full']),
  member,
  steppedUp: z.boolean(),
  expiresAt: z.iso.datetime(),
});
