import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's parameters for argon2id: 19 MiB, two passes, one lane (the library's defaults are the same). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const SHORTEST = 12;
const LONGEST = 128;

export type PasswordFault = 'too-short' | 'too-long' | 'too-simple' | 'contains-login';

/** What keeps a password from being taken; undefined when nothing does. */
export function passwordFault(password: string, login: string): PasswordFault | undefined {
  const characters = [...password];
  if (characters.length < SHORTEST) return 'too-short';
  if (characters.length > LONGEST) return 'too-long';
  if (password.toLowerCase().includes(login.toLowerCase())) return 'contains-login';
  return new Set(characters).size < 5 || isSequence(characters) ? 'too-simple' : undefined;
}

/** 「123456789012」「abcdefghijkl」: each character follows the one before it. */
function isSequence(characters: string[]): boolean {
  const steps = characters
    .slice(1)
    .map((c, at) => (c.codePointAt(0) ?? 0) - (characters[at]?.codePointAt(0) ?? 0));
  return steps.filter((step) => Math.abs(step) === 1).length >= characters.length * 0.7;
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let nobody: Promise<string> | undefined;

/** Whether the password is the one of the hash. Without a hash it takes as long and is never right. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(16).toString('hex'));
  const right = await verify(stored ?? (await nobody), password.normalize('NFKC'));
  return right && stored !== null;
}

/** A password to be told once and replaced at the first login: 20 letters and digits that are not confused. */
export function temporaryPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return [...randomBytes(20)].map((byte) => letters[byte % letters.length]).join('');
}
