import { QuestionCircleOutlined, ReloadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Empty, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { type Filter, NO_FILTER, nextFree, useQueue, useSummary } from '../data.ts';
import { useKeys } from '../keys.ts';
import { ShortcutList, type Shortcuts } from '../shortcuts.tsx';
import { useRefusalText, useReviewTexts } from '../texts.ts';
import { CaseList } from './case-list.tsx';
import { Filters } from './filters.tsx';

const SHORTCUTS: Shortcuts = [
  ['J K', 'keyMove'],
  ['Enter', 'keyOpen'],
  ['N', 'keyNext'],
  ['/', 'keySearch'],
  ['?', 'keyHelp'],
];

/** The queue by time of breach. */
export function Queue({ filter, onFilter }: { filter: Filter; onFilter(filter: Filter): void }) {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const [helping, setHelping] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const queue = useQueue(filter);
  const summary = useSummary();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = queue;
  const items = data?.pages.flatMap(({ cases }) => cases) ?? [];
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(NO_FILTER);

  // The counts are cheap to ask for; the list is only loaded again from far down when somebody wants it.
  const counted = JSON.stringify(summary.data);
  const [listed, setListed] = useState(counted);
  const isStale = (data?.pages.length ?? 0) > 1 && listed !== undefined && counted !== listed;
  useEffect(() => {
    if ((data?.pages.length ?? 0) <= 1) setListed(counted);
  }, [counted, data?.pages.length]);
  const reload = () => {
    setListed(counted);
    void refetch();
    void summary.refetch();
  };

  async function takeNext(): Promise<void> {
    const number = await nextFree().catch((fault: unknown) => {
      void message.error(refusalText(fault));
      return null;
    });
    if (number) navigate(`/${number}`);
    else if (number === undefined) void message.info(t('noNext'));
  }

  useKeys({
    '?': () => setHelping(true),
    '/': () => search.current?.focus(),
    n: () => void takeNext(),
  });

  return (
    <>
      <Filters {...{ filter, onFilter, search }} summary={summary.data}>
        <Button icon={<ReloadOutlined aria-hidden />} aria-label={t('refresh')} onClick={reload} />
        <Button
          icon={<QuestionCircleOutlined aria-hidden />}
          aria-label={t('shortcutsOpen')}
          onClick={() => setHelping(true)}
        />
        <Button type="primary" onClick={() => void takeNext()}>
          {t('nextCase')}
        </Button>
      </Filters>
      {isStale && (
        <Alert
          type="info"
          showIcon
          className="review-stale"
          title={t('changed')}
          action={
            <Button size="small" onClick={reload}>
              {t('refresh')}
            </Button>
          }
        />
      )}
      {error && (
        <Alert
          type="error"
          showIcon
          title={refusalText(error)}
          action={
            <Button size="small" onClick={reload}>
              {t('refresh')}
            </Button>
          }
        />
      )}
      {isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {data && items.length === 0 && (
        <Empty description={t(isFiltered ? 'nothing' : 'nothingWaits')} style={{ marginTop: 64 }}>
          {isFiltered && <Button onClick={() => onFilter(NO_FILTER)}>{t('clearFilters')}</Button>}
        </Empty>
      )}
      {items.length > 0 && (
        <CaseList
          // Another list begins at its top.
          key={JSON.stringify(filter)}
          items={items}
          isWhole={!hasNextPage}
          onOpen={(number) => navigate(`/${number}`)}
          onEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
        />
      )}
      <ShortcutList open={helping} shortcuts={SHORTCUTS} onClose={() => setHelping(false)} />
    </>
  );
}
