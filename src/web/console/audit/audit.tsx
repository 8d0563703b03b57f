import { useInfiniteQuery } from '@tanstack/react-query';
import { Alert, Button, Empty, Flex, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { useRefusalText, useReviewTexts } from '../review/texts.ts';
import { AuditFilters } from './filters.tsx';
import { Lines } from './lines.tsx';
import { type AuditFilter, type AuditPage as Page, queryOf } from './model.ts';
import { Verification } from './verification.tsx';
import './audit.css';

/** The audit: who did what, and whether its chain is whole. */
export default function AuditPage() {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const [filter, setFilter] = useState<AuditFilter>({});
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ['audit', filter],
      queryFn: ({ pageParam, signal }) =>
        api<Page>('GET', `/audit?${queryOf(filter, pageParam)}`, undefined, signal),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next,
      // Each look is a line of its own: nobody looks without wanting to.
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    });
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <div className="page audit-page">
      <div className="page-head">
        <Typography.Title level={1} className="page-title">
          {t('auditTitle')}
        </Typography.Title>
        <Verification />
      </div>
      <AuditFilters filter={filter} onFilter={setFilter} onRefresh={() => void refetch()} />
      <Typography.Paragraph type="secondary">{t('auditRead')}</Typography.Paragraph>
      {error && <Alert type="error" showIcon title={refusalText(error)} />}
      {isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {data && lines.length === 0 && <Empty description={t('auditNothing')} />}
      {lines.length > 0 && <Lines lines={lines} />}
      {hasNextPage && (
        <Flex justify="center" style={{ marginTop: 16 }}>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('auditMore')}
          </Button>
        </Flex>
      )}
    </div>
  );
}
