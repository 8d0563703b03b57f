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

export const one = z.object({ id: z.uuid() });

/** A time of a search: of the years that the database and the desk have in common. */
export const searchTime = z.iso
  .datetime({ offset: true })
  .refine((text) => text >= '1970-01-02' && text < '9999', 'not in a year of the desk’s');

/** What can be said of an account. */
export const account = z.object({
  number: z.string().regex(/^[A-Z]{1,3}\d{1,5}$/, 'one to three capital letters and a number: A12'),
  name: z.string().trim().min(1).max(40),
  roles: z.array(z.enum(ROLES)).min(1),
  groups: z.array(z.string().min(1).max(32)).max(20),
  skills: z.array(z.string().min(1).max(32)).max(20),
  capacity: z.int().min(1).max(50),
  locale: z.enum(['zh-CN', 'en']),
  oidcSubject: z.string().min(1).max(255),
  customerId: z.string().trim().min(1).max(128),
});

export const session = z.object({
  stage: z.enum(['totp', 'enrol', 'new-password', 'full']),
  member,
  steppedUp: z.boolean(),
  expiresAt: z.iso.datetime(),
});
