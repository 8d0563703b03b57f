import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton, Table, Typography } from 'antd';
import { SLOTS, type Slot } from '../../../domain/document.ts';
import { RETENTION_OUTCOMES, type RetentionOutcome } from '../../../domain/retention.ts';
import { api } from '../api/client.ts';
import { useRefusalText, useReviewTexts } from './texts.ts';

interface Classes {
  classes: { slot: Slot; outcome: RetentionOutcome; days: number }[];
}

/** How long documents are kept after the end of a case. */
export function Retention() {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const { data, error } = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => api<Classes>('GET', '/review/retention', undefined, signal),
  });
  if (error) return <Alert type="error" showIcon title={refusalText(error)} />;
  if (!data) return <Skeleton active />;
  const daysOf = (slot: Slot, outcome: RetentionOutcome) =>
    data.classes.find((one) => one.slot === slot && one.outcome === outcome)?.days ?? 0;
  const shown = (days: number) => (days === 0 ? t('retentionAtOnce') : t('retentionDays', { days }));
  return (
    <>
      <Typography.Paragraph type="secondary">{t('retentionHint')}</Typography.Paragraph>
      <Table<{ slot: Slot }>
        rowKey="slot"
        size="middle"
        pagination={false}
        dataSource={SLOTS.map((slot) => ({ slot }))}
        columns={[
          { title: t('documents'), dataIndex: 'slot', render: (slot: Slot) => t(`slot-${slot}`) },
          ...RETENTION_OUTCOMES.map((outcome) => ({
            key: outcome,
            title: t(`outcome-${outcome}`),
            render: (_: unknown, { slot }: { slot: Slot }) => shown(daysOf(slot, outcome)),
          })),
        ]}
      />
    </>
  );
}
