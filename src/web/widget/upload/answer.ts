import type { QualityWarning } from '../../../domain/document.ts';
import { asRecord, asText } from '../client/protocol.ts';

/** What became of a file sent to an upload ticket. */
export type UploadAnswer =
  | { kind: 'stored'; documentId: string | undefined; warnings: QualityWarning[] }
  /** The server's own words for the customer, when it gave any. */
  | { kind: 'refused'; code: string | undefined; message: string | undefined }
  /** Not known whether it arrived, or not now; sending the same file again is safe. */
  | { kind: 'unreachable'; message: string | undefined };

const WARNINGS: readonly QualityWarning[] = ['dark', 'blurred', 'small', 'glare'];

/** Reads the answer to an upload; `status` 0 = none came. */
export function readUploadAnswer(status: number, body: string): UploadAnswer {
  const json = parse(body);
  if (status === 201 || status === 200) {
    const listed = json?.warnings;
    const warnings = WARNINGS.filter((known) => Array.isArray(listed) && listed.includes(known));
    return { kind: 'stored', documentId: asText(json?.documentId), warnings };
  }
  const error = asRecord(json?.error);
  const message = asText(error?.message);
  if (status === 0 || status === 429 || status >= 500) return { kind: 'unreachable', message };
  return { kind: 'refused', code: asText(error?.code), message };
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    return asRecord(JSON.parse(body));
  } catch {
    return undefined;
  }
}
