import { Alert, Button } from 'antd';
import { useState } from 'react';
import {
  FINAL_REASONS,
  type FinalReason,
  RETURN_REASONS,
  type ReturnReason,
} from '../../../../domain/case.ts';
import type { Check, Verdict } from '../../../../domain/review.ts';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import { useKeys } from '../keys.ts';
import type { ReviewCase, ReviewDocument } from '../model.ts';
import { VerdictTag } from '../tags.tsx';
import { useReviewTexts } from '../texts.ts';
import { Checklist } from './checklist.tsx';
import { Duplicates } from './duplicates.tsx';
import { RefusalForm } from './refusal-form.tsx';
import { ReturnForm } from './return-form.tsx';
import type { Work } from './work.ts';

type Form = { kind: 'return'; reason?: ReturnReason } | { kind: 'refuse'; reason?: FinalReason };

const isFinal = (reason: Check['otherwise']): reason is FinalReason =>
  FINAL_REASONS.some((final) => final === reason);
const isReturn = (reason: Check['otherwise']): reason is ReturnReason =>
  RETURN_REASONS.some((known) => known === reason);

function formFor({ otherwise: reason }: Check): Form | undefined {
  if (isFinal(reason)) return { kind: 'refuse', reason };
  return isReturn(reason) ? { kind: 'return', reason } : undefined;
}

function Standing({
  work,
  document,
  onTakeBack,
}: {
  work: Work;
  document: ReviewDocument;
  onTakeBack(): void;
}) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const { verdict } = document;
  if (!verdict) return null;
  return (
    <div className="verdict">
      <p>
        <VerdictTag verdict={verdict} />
        {verdict.reason && <strong>{t(`reason-${verdict.reason}`)} </strong>}
        <span className="is-idle">{t('verdictBy', { by: verdict.by, at: moment(verdict.at, locale) })}</span>
      </p>
      {work.mayJudge && document.state === 'stored' && (
        <Button size="small" loading={work.pending} onClick={onTakeBack}>
          {t('takeBack')}
        </Button>
      )}
    </div>
  );
}

/** 单份结论: what the system noticed of one document, what is to be looked at, and the verdict. */
export function Judgement(props: { work: Work; document: ReviewDocument; onJudged(now: ReviewCase): void }) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const { work, document, onJudged } = props;
  const { one } = work;
  const { slot, width, height, createdAt, warnings, checklist, verdict, attempt } = document;
  const [checked, setChecked] = useState<string[]>([]);
  const [form, setForm] = useState<Form>();
  const mayJudge = work.mayJudge && document.state === 'stored';
  const left = checklist.length - checked.length;

  async function judge(given: Verdict | null, note?: string): Promise<boolean> {
    const path = `documents/${document.id}/verdict`;
    const now = await work.run({ path, body: { version: one.version, verdict: given, checked } });
    if (!now) return false;
    if (note) await work.run({ path: 'notes', body: { text: note } });
    setForm(undefined);
    if (given) onJudged(now);
    else setChecked([]);
    return true;
  }
  const toggle = (id: string) =>
    setChecked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));

  const mayDecide = mayJudge && !verdict && !form;
  useKeys(
    mayDecide
      ? {
          ...Object.fromEntries(checklist.map(({ id }, index) => [String(index + 1), () => toggle(id)])),
          a: left === 0 ? () => void judge({ verdict: 'accepted' }) : undefined,
          r: () => setForm({ kind: 'return' }),
          f: () => setForm({ kind: 'refuse' }),
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
            <Button danger onClick={() => setForm({ kind: 'refuse' })}>
              {t('refuse')} <kbd>F</kbd>
            </Button>
          </div>
          {left > 0 && <p className="is-idle">{t('checksLeft', { count: left })}</p>}
        </>
      )}
      {mayJudge && form?.kind === 'return' && (
        <ReturnForm
          {...{ work, document }}
          reason={form.reason}
          onReason={(reason) => setForm({ kind: 'return', reason })}
          onCancel={() => setForm(undefined)}
          onReturn={(reason) => void judge({ verdict: 'retry', reason })}
        />
      )}
      {mayJudge && form?.kind === 'refuse' && (
        <RefusalForm
          work={work}
          reason={form.reason}
          onReason={(reason) => setForm({ kind: 'refuse', reason })}
          onCancel={() => setForm(undefined)}
          onRefuse={(reason, note) => void judge({ verdict: 'final', reason }, note)}
        />
      )}
    </section>
  );
}
