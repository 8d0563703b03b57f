import type { SensitiveKind } from '../../domain/intent.ts';

/** A stretch of the text that must go, and what stands in its place. */
export interface Span {
  /** UTF-16 offsets, end exclusive. */
  start: number;
  end: number;
  kind: SensitiveKind;
  replacement: string;
}

/** What stands in the place of a value that is removed wholly. */
const PLACEHOLDERS = {
  pan: '〔卡号已隐藏〕',
  idNumber: '〔证件号已隐藏〕',
  phone: '〔手机号已隐藏〕',
  smsCode: '〔验证码已隐藏〕',
  cvv: '〔安全码已隐藏〕',
  expiry: '〔有效期已隐藏〕',
  password: '〔密码已隐藏〕',
} as const satisfies Record<SensitiveKind, string>;

/** A value that is removed wholly. */
export function hidden(kind: SensitiveKind, start: number, value: string): Span {
  return { kind, start, end: start + value.length, replacement: PLACEHOLDERS[kind] };
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
