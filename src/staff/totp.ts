import { createHash, randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';

/** A phone's clock may be this far off. */
const TOLERANCE_SECONDS = 30;

/** A new secret, and the address that an authenticator app takes it from (as a QR code). */
export function newTotp(issuer: string, login: string): { secret: string; uri: string } {
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer, label: login, secret }) };
}

/** The time step of a code that is right now and was not used before; undefined for any other (RFC 6238). */
export function acceptedStep(secret: string, code: string, now: Date, lastStep: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS });
  if (!result.valid || !('timeStep' in result)) return undefined;
  return result.timeStep > lastStep ? result.timeStep : undefined;
}

export function hashCode(code: string): string {
  return createHash('sha256').update(code.replaceAll('-', '').toLowerCase()).digest('hex');
}

/** Ten codes that serve once each, for a phone that is lost: 80 bits, in groups of five. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const digits = randomBytes(10).toString('hex');
    return digits.replace(/(.{5})(?=.)/g, '$1-');
  });
}
