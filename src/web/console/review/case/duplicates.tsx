import { Alert } from 'antd';
import { Link } from 'wouter';
import type { ReviewDocument } from '../model.ts';
import { useReviewTexts } from '../texts.ts';

/** Bits of a perceptual hash. */
const BITS = 64;

/** Other customers' pictures that this one resembles: a hint, never a verdict. */
export function Duplicates({ document: { duplicates } }: { document: ReviewDocument }) {
  const t = useReviewTexts();
  if (duplicates.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('duplicateTitle')}
      description={
        <>
          <ul className="duplicate-list">
            {duplicates.map(({ number, slot, distance }, index) => {
              const values = {
                number: number ?? t('withoutNumber'),
                slot: t(`slot-${slot}`),
                likeness: Math.round((1 - (distance ?? 0) / BITS) * 100),
              };
              const told = t(distance === null ? 'duplicateSame' : 'duplicateLike', values);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: one case may have several that are alike.
                <li key={index}>{number ? <Link href={`/${number}`}>{told}</Link> : told}</li>
              );
            })}
          </ul>
          {t('duplicateHint')}
        </>
      }
    />
  );
}
