import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Empty, Flex, Table, Tag } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { NoteQuestion } from '../review/case/note-question.tsx';
import { useRefusalText, useReviewTexts, useTerm } from '../review/texts.ts';
import { useSpeech } from '../texts.tsx';
import { moment } from '../time.ts';
import { HoldForm } from './hold-form.tsx';

interface Hold {
  id: string;
  caseNumber: string | null;
  customerId: string | null;
  reason: string;
  setBy: string;
  setAt: string;
  liftedBy: string | null;
  liftedAt: string | null;
}

const KEY = 'holds';

/** 法律保全: what is kept whatever its retention says. */
export function Holds() {
  const t = useReviewTexts();
  const term = useTerm();
  const { locale } = useSpeech();
  const refusalText = useRefusalText();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [withLifted, setWithLifted] = useState(false);
  const [setting, setSetting] = useState(false);
  const [lifted, setLifted] = useState<Hold>();
  const { data, error, isPending } = useQuery({
    queryKey: [KEY, withLifted],
    queryFn: ({ signal }) =>
      api<{ holds: Hold[] }>('GET', `/review/holds?standing=${!withLifted}`, undefined, signal),
  });
  const lift = useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      api<void>('POST', `/review/holds/${id}/lift`, { reason }),
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
  const columns = [
    {
      title: t('holdOf'),
      key: 'of',
      render: (_: unknown, { caseNumber, customerId }: Hold) => caseNumber ?? customerId ?? '–',
    },
    { title: t('holdReason'), dataIndex: 'reason' },
    {
      title: t('holdState'),
      key: 'state',
      render: (_: unknown, { setBy, setAt, liftedBy, liftedAt }: Hold) =>
        liftedAt ? (
          t('holdLifted', { by: term('by', liftedBy ?? ''), at: moment(liftedAt, locale) })
        ) : (
          <>
            <Tag color="volcano">{t('holdStanding')}</Tag>
            {t('holdSet', { by: term('by', setBy), at: moment(setAt, locale) })}
          </>
        ),
    },
    {
      key: 'lift',
      width: 100,
      render: (_: unknown, hold: Hold) =>
        hold.liftedAt ? null : (
          <Button size="small" onClick={() => setLifted(hold)}>
            {t('holdLift')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <Flex gap={12} align="center" className="records-toolbar">
        <Button type="primary" onClick={() => setSetting(true)}>
          {t('holdNew')}
        </Button>
        <Checkbox checked={withLifted} onChange={({ target }) => setWithLifted(target.checked)}>
          {t('holdAll')}
        </Checkbox>
      </Flex>
      {error && <Alert type="error" showIcon title={refusalText(error)} />}
      <Table<Hold>
        rowKey="id"
        size="middle"
        loading={isPending}
        dataSource={data?.holds ?? []}
        columns={columns}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noHolds')} /> }}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
      />
      <HoldForm
        open={setting}
        onClose={() => setSetting(false)}
        onSet={() => {
          setSetting(false);
          void client.invalidateQueries({ queryKey: [KEY] });
        }}
      />
      <NoteQuestion
        open={lifted !== undefined}
        title={t('holdLiftTitle')}
        hint={lifted?.caseNumber ?? lifted?.customerId ?? ''}
        label={t('holdLiftReason')}
        confirm={t('holdLift')}
        work={{ pending: lift.isPending, refusal: lift.error ?? undefined }}
        onClose={() => setLifted(undefined)}
        onConfirm={async (reason) => {
          if (!lifted) return false;
          return lift.mutateAsync({ id: lifted.id, reason }).then(
            () => true,
            (fault: unknown) => {
              void message.error(refusalText(fault));
              return false;
            },
          );
        }}
      />
    </>
  );
}
