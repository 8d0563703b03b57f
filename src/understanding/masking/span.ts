import type { SensitiveKind } from '../../domain/intent.ts';

/** A stretch of the text that must go, and what stands in its place. */
export interface Span {
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
  kind: SensitiveKind;
  replacement: string;
}

/** Which characters are spoken for already; keeps the work linear however many spans there are. */
export class Claims {
  #taken: Uint8Array;

  constructor(length: number) {
    this.#taken = new Uint8Array(length);
  }

  /** Takes the span's characters, or refuses when one of them is taken. */
  take(span: { start: number; end: number }): boolean {
    for (let i = span.start; i < span.end; i++) if (this.#taken[i] === 1) return false;
    this.#taken.fill(1, span.start, span.end);
    return true;
  }
}
