import { CopyOutlined, WarningOutlined } from '@ant-design/icons';
import { currentOf, type ReviewCase, type ReviewDocument } from '../model.ts';
import { VerdictTag } from '../tags.tsx';
import { useReviewTexts } from '../texts.ts';

function One(props: { document: ReviewDocument; index?: number; isChosen: boolean; onChoose(): void }) {
  const t = useReviewTexts();
  const { document, isChosen, onChoose } = props;
  const { slot, state, attempt, warnings, duplicates, verdict } = document;
  return (
    <li>
      <button
        type="button"
        className={isChosen ? 'document is-chosen' : 'document'}
        aria-current={isChosen}
        onClick={onChoose}
      >
        <strong>{t(`slot-${slot}`)}</strong>
        <span className="document-state">
          {state === 'purged' ? t('purged') : <VerdictTag verdict={verdict} />}
          {attempt > 1 && <span>{t('attempt', { attempt })}</span>}
          {warnings.length > 0 && <WarningOutlined className="is-warning" title={t('warnings')} />}
          {duplicates.length > 0 && <CopyOutlined className="is-warning" title={t('markDuplicate')} />}
        </span>
      </button>
    </li>
  );
}

/** All documents of the case, those of earlier tries below. */
export function DocumentStrip(props: {
  one: ReviewCase;
  chosen: string | undefined;
  onChoose(id: string): void;
}) {
  const t = useReviewTexts();
  const { one, chosen, onChoose } = props;
  const current = currentOf(one);
  const earlier = one.documents.filter(({ state }) => state !== 'stored');
  const missing = one.requiredSlots.filter((slot) => !current.some((document) => document.slot === slot));
  const list = (documents: ReviewDocument[]) =>
    documents.map((document) => (
      <One
        key={document.id}
        document={document}
        isChosen={document.id === chosen}
        onChoose={() => onChoose(document.id)}
      />
    ));
  return (
    <nav className="document-strip" aria-label={t('documents')}>
      <ul>
        {list(current)}
        {missing.map((slot) => (
          <li key={slot} className="document is-missing">
            <strong>{t(`slot-${slot}`)}</strong>
            <span className="document-state">{t('missing')}</span>
          </li>
        ))}
      </ul>
      {earlier.length > 0 && (
        <details>
          <summary>{t('earlier', { count: earlier.length })}</summary>
          <ul>{list(earlier)}</ul>
        </details>
      )}
    </nav>
  );
}
