import { Tabs } from 'antd';
import { useState } from 'react';
import type { ReviewCase, ReviewDocument } from '../model.ts';
import type { ReviewText } from '../texts.ts';
import { useReviewTexts } from '../texts.ts';
import { BLANK, type Draft } from './draft.ts';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { Judgement } from './judgement.tsx';
import { Notes } from './notes.tsx';
import { Settlement } from './settlement.tsx';
import type { Work } from './work.ts';

const TABS = ['check', 'notes', 'history'] as const;
export type PanelTab = (typeof TABS)[number];

/** What lies beside the picture: the account, the document's list, notes and history, and the conclusion. */
export function CasePanel(props: {
  work: Work;
  document: ReviewDocument | undefined;
  tab: PanelTab;
  onTab(tab: PanelTab): void;
  onJudged(now: ReviewCase): void;
  onDone(told: ReviewText, now: ReviewCase): void;
}) {
  const t = useReviewTexts();
  const { work, document, tab, onTab, onJudged, onDone } = props;
  const { one, isMine } = work;
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});

  const check = (
    <>
      <Facts one={one} isMine={isMine} />
      {document && (
        <Judgement
          {...{ work, document, onJudged }}
          draft={drafts[document.id] ?? BLANK}
          onDraft={(change) =>
            setDrafts((before) => ({ ...before, [document.id]: change(before[document.id] ?? BLANK) }))
          }
        />
      )}
    </>
  );
  const contents = {
    check,
    notes: <Notes work={work} isShown={tab === 'notes'} />,
    history: <History one={one} />,
  };
  const count = one.notes.length > 0 ? ` ${one.notes.length}` : '';
  return (
    <aside className="case-panel">
      <Tabs
        activeKey={tab}
        onChange={(key) => onTab(TABS.find((known) => known === key) ?? 'check')}
        items={TABS.map((key) => ({
          key,
          label: `${t(key)}${key === 'notes' ? count : ''}`,
          children: contents[key],
        }))}
      />
      <Settlement {...{ work, onDone }} />
    </aside>
  );
}
