import { isDeepStrictEqual } from 'node:util';

/** A promise of the store port that was not kept. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

const said = (value: unknown) => JSON.stringify(value) ?? 'nothing';

/** Throws a Violation unless both are the same. */
export function expectSame(what: string, found: unknown, promised: unknown): void {
  if (isDeepStrictEqual(found, promised)) return;
  throw new Violation(`${what}: ${said(found)}, promised was ${said(promised)}`);
}

export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Violation(otherwise);
}
