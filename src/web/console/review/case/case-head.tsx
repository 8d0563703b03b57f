import { ArrowLeftOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useSpeech } from '../../texts.tsx';
import { moment, useNow } from '../../time.ts';
import { StateTag } from '../tags.tsx';
import { useReviewTexts } from '../texts.ts';
import { remaining } from '../time.ts';
import { Claim } from './claim.tsx';
import { isOpen } from './outlook.ts';
import type { Work } from './work.ts';

/** What case it is, by when it should be decided, and who has it. */
export function CaseHead(props: { work: Work; onKeep(): void; children: ReactNode }) {
  const t = useReviewTexts();
  const { locale } = useSpeech();
  const now = useNow();
  const [, navigate] = useLocation();
  const { work, onKeep, children } = props;
  const { number, kind, state, breachAt, legalHold } = work.one;
  return (
    <header className="case-head">
      <Button
        type="text"
        icon={<ArrowLeftOutlined aria-hidden />}
        aria-label={t('back')}
        onClick={() => navigate('/')}
      />
      <Typography.Title
        level={1}
        className="page-title"
        copyable={{ text: number, tooltips: [t('copyNumber')] }}
      >
        {number}
      </Typography.Title>
      <span className="case-tags">
        <Tag>{t(`kind-${kind}`)}</Tag>
        <StateTag state={state} />
        {legalHold && (
          <Tag color="volcano" icon={<SafetyCertificateOutlined aria-hidden />}>
            {t('legalHold')}
          </Tag>
        )}
      </span>
      {isOpen(work.one) && (
        <span
          className={Date.parse(breachAt) < now ? 'due is-late' : 'due'}
          title={t('dueAt', { at: moment(breachAt, locale) })}
        >
          {remaining(t, breachAt, now)}
        </span>
      )}
      <span className="case-actions">
        <Claim work={work} onKeep={onKeep} />
        {children}
      </span>
    </header>
  );
}
