import { Alert, Button } from 'antd';
import type { Verdict } from '../../../../domain/review.ts';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import { useKeys } from '../keys.ts';
import type { ReviewCase, ReviewDocument } from '../model.ts';
import { useReviewTexts } from '../texts.ts';
import { Checklist } from './checklist.tsx';
import { type Draft, formFor, toggled, type VerdictForm } from './draft.ts';
import { Duplicates } from './duplicates.tsx';
import { RefusalForm } from './refusal-form.tsx';
import { ReturnForm } from './return-form.tsx';
import { Standing } from './standing.tsx';
import type { Work } from './work.ts';

/** 单份结论: what the system noticed of one document, what is to be looked at, and the verdict. */
export function Judgement(props: {
  work: Work;
  document: ReviewDocument;
  draft: Draft;
  onDraft(change: (draft: Draft) => Draft): void;
  onJudged(now: ReviewCase): void;
}) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const { work, document, draft, onDraft, onJudged } = props;
  const { one } = work;
  const { slot, width, height, createdAt, warnings, checklist, verdict, attempt } = document;
  const { checked, form } = draft;
  const mayJudge = work.mayJudge && document.state === 'stored';
  const left = checklist.length - checked.length;
  const setForm = (next: VerdictForm | undefined) => onDraft((before) => ({ ...before, form: next }));
  const toggle = (id: string) => onDraft((before) => toggled(before, id));

  async function judge(given: Verdict | null, note?: string): Promise<void> {
    const path = `documents/${document.id}/verdict`;
    const now = await work.run({ path, body: { version: one.version, verdict: given, checked } });
    if (!now) return;
    if (note) await work.run({ path: 'notes', body: { text: note } });
    setForm(undefined);
    if (given) onJudged(now);
  }

  const mayDecide = mayJudge && !verdict && !form;
  useKeys(
    mayDecide
      ? {
          ...Object.fromEntries(checklist.map(({ id }, index) => [String(index + 1), () => toggle(id)])),
          a: left === 0 ? () => void judge({ verdict: 'accepted' }) : undefined,
          r: () => setForm({ kind: 'return' }),
          f: () => setForm({ kind: 'refuse', note: '' }),
        }
      : {},
  );

  return (
    <section className="judgement" aria-label={t(`slot-${slot}`)}>
      <h2>{t(`slot-${slot}`)}</h2>
      <p className="is-idle">
        {t('received', { at: moment(createdAt, locale), width, height })}
        {attempt > 1 && ` · ${t('attemptOf', { attempt, max: one.maxTries })}`}
      </p>
      {warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${t('warnings')}: ${warnings.map((warning) => t(`warning-${warning}`)).join(' · ')}`}
        />
      )}
      <Duplicates document={document} />
      <Standing {...{ work, document }} onTakeBack={() => void judge(null)} />
      {!verdict && !form && document.state === 'stored' && (
        <Checklist
          {...{ checklist, checked }}
          disabled={!mayJudge}
          onToggle={toggle}
          onNot={(check) => setForm(formFor(check))}
        />
      )}
      {mayDecide && (
        <>
          <div className="verdict-buttons">
            <Button
              type="primary"
              disabled={left > 0}
              loading={work.pending}
              onClick={() => void judge({ verdict: 'accepted' })}
            >
              {t('accept')} <kbd>A</kbd>
            </Button>
            <Button onClick={() => setForm({ kind: 'return' })}>
              {t('return')} <kbd>R</kbd>
            </Button>
            <Button danger onClick={() => setForm({ kind: 'refuse', note: '' })}>
              {t('refuse')} <kbd>F</kbd>
            </Button>
          </div>
          {left > 0 && <p className="is-idle">{t('checksLeft', { count: left })}</p>}
        </>
      )}
      {!verdict && form?.kind === 'return' && (
        <ReturnForm
          {...{ work, document }}
          disabled={!mayJudge}
          reason={form.reason}
          onReason={(reason) => setForm({ kind: 'return', reason })}
          onCancel={() => setForm(undefined)}
          onReturn={(reason) => void judge({ verdict: 'retry', reason })}
        />
      )}
      {!verdict && form?.kind === 'refuse' && (
        <RefusalForm
          work={work}
          disabled={!mayJudge}
          form={form}
          onForm={setForm}
          onCancel={() => setForm(undefined)}
          onRefuse={(reason, note) => void judge({ verdict: 'final', reason }, note)}
        />
      )}
    </section>
  );
}
