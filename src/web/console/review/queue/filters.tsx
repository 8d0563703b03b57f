import { SearchOutlined } from '@ant-design/icons';
import { Badge, Flex, Input, type InputRef, Segmented, Select } from 'antd';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { CASE_KINDS, CASE_STATES, type CaseKind, type CaseState } from '../../../../domain/case.ts';
import type { Filter } from '../data.ts';
import type { QueueSummary } from '../model.ts';
import { useReviewTexts } from '../texts.ts';

const VIEWS = ['all', 'mine', 'overdue', 'toConfirm'] as const;
const TYPING_MS = 250;

function Count({ count, urgent }: { count: number | undefined; urgent: boolean }) {
  if (count === undefined) return null;
  return <span className={urgent && count > 0 ? 'view-count is-urgent' : 'view-count'}>{count}</span>;
}

/** Which cases are listed, with how many wait. */
export function Filters(props: {
  filter: Filter;
  summary: QueueSummary | undefined;
  search: RefObject<HTMLInputElement | null>;
  onFilter(filter: Filter): void;
  children: ReactNode;
}) {
  const t = useReviewTexts();
  const { filter, summary, search, onFilter, children } = props;
  const [typed, setTyped] = useState(filter.search);
  useEffect(() => setTyped(filter.search), [filter.search]);
  useEffect(() => {
    if (typed === filter.search) return;
    const timer = setTimeout(() => onFilter({ ...filter, search: typed }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, filter, onFilter]);
  const waitingOf = (kind: CaseKind) => summary?.kinds.find((one) => one.kind === kind)?.waiting ?? 0;
  const counts = { ...summary, all: summary?.waiting };
  return (
    <Flex wrap gap={12} align="center" className="review-toolbar" role="search" aria-label={t('filters')}>
      <Segmented
        aria-label={t('filters')}
        value={filter.view}
        onChange={(view) => onFilter({ ...filter, view })}
        options={VIEWS.map((view) => ({
          value: view,
          label: (
            <>
              {t(view === 'all' ? 'waiting' : view)}{' '}
              <Count count={counts[view]} urgent={view === 'overdue'} />
            </>
          ),
        }))}
      />
      <Select<CaseKind[]>
        mode="multiple"
        aria-label={t('kind')}
        className="review-filter"
        placeholder={t('anyKind')}
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        value={filter.kinds}
        onChange={(kinds) => onFilter({ ...filter, kinds })}
        options={CASE_KINDS.map((kind) => ({ value: kind, label: t(`kind-${kind}`) }))}
        optionRender={({ value, label }) => (
          <Flex justify="space-between" gap={12}>
            {label}
            <Badge count={waitingOf(value as CaseKind)} overflowCount={99_999} color="#5c6773" />
          </Flex>
        )}
      />
      <Select<CaseState[]>
        mode="multiple"
        aria-label={t('state')}
        className="review-filter"
        placeholder={t('anyState')}
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        value={filter.states}
        onChange={(states) => onFilter({ ...filter, states })}
        options={CASE_STATES.filter((state) => state !== 'draft').map((state) => ({
          value: state,
          label: t(`state-${state}`),
        }))}
      />
      <Input
        ref={(input: InputRef | null) => {
          search.current = input?.input ?? null;
        }}
        className="review-search"
        prefix={<SearchOutlined aria-hidden />}
        aria-label={t('search')}
        placeholder={t('search')}
        maxLength={32}
        allowClear
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Escape') currentTarget.blur();
        }}
      />
      <Flex gap={8} className="review-actions">
        {children}
      </Flex>
    </Flex>
  );
}
