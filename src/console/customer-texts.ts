import { type Locale, text } from '../../locales/index.ts';
import type { ReviewDetail, ReviewDocument } from '../cases/index.ts';
import { RETURN_REASONS, type ReturnReason } from '../domain/case.ts';

/** What the customer reads when a case is concluded, word by word, in the language they write in. */
interface CustomerTexts {
  locale: Locale;
  reasons: Record<ReturnReason, string>;
  /** For the documents that have been returned by now; null while there are none. */
  returned: string | null;
  rejected: string;
}

const isReturnReason = (reason: string | null): reason is ReturnReason =>
  RETURN_REASONS.some((known) => known === reason);

function lineOf(locale: Locale, { slot, verdict }: ReviewDocument): string[] {
  const reason = verdict?.reason ?? null;
  if (verdict?.verdict !== 'retry' || !isReturnReason(reason)) return [];
  const document = text(locale, `upload.slot-${slot}`);
  return [
    text(locale, 'case-status.returned', { document, why: text(locale, `case-status.reason-${reason}`) }),
  ];
}

/** The texts of the dialogs that follow from how the case stands now; `asksAgain` = however often it was tried. */
export function customerTexts(one: ReviewDetail, asksAgain: boolean): CustomerTexts {
  const { customerLocale: locale, documents, maxTries, number } = one;
  const current = documents.filter(({ state }) => state === 'stored');
  const lines = current.flatMap((document) => lineOf(locale, document));
  const isOver = ({ slot, verdict }: ReviewDocument) =>
    verdict?.verdict === 'retry' &&
    documents.filter((other) => other.slot === slot && other.verdict?.verdict === 'retry').length >= maxTries;
  const key = !asksAgain && current.some(isOver) ? 'case-status.tries-over' : 'case-status.notice-needs-more';
  const slots = { kind: text(locale, `case-status.kind-${one.kind}`), number };
  const reasons = RETURN_REASONS.map((reason) => [reason, text(locale, `case-status.reason-${reason}`)]);
  return {
    locale,
    reasons: Object.fromEntries(reasons) as Record<ReturnReason, string>,
    returned:
      lines.length === 0
        ? null
        : text(locale, key, { ...slots, count: lines.length, list: lines.join('\n') }),
    rejected: text(locale, 'case-status.rejected', slots),
  };
}
