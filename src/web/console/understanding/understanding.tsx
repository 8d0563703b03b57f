import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Flex, Segmented, Space, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useErrorText } from '../api/errors.ts';
import { usePageTexts, useSpeech } from '../texts.tsx';
import { type Group, phrasesAddress, useMisunderstood } from './data.ts';
import { TEXTS } from './texts.ts';
import { Wordings } from './wordings.tsx';
import './understanding.css';

const DAYS = [7, 30, 90, 180] as const;

function Groups({ days }: { days: number }) {
  const { t: common, locale } = useSpeech();
  const t = usePageTexts(TEXTS);
  const errorText = useErrorText();
  const { data, error, isPending, refetch } = useMisunderstood(days);
  if (error) {
    return (
      <Alert
        type="error"
        showIcon
        title={errorText(error)}
        action={
          <Button size="small" onClick={() => void refetch()}>
            {common('reload')}
          </Button>
        }
      />
    );
  }
  const { groups = [], utterances = 0, moreGroups = 0 } = data ?? {};
  return (
    <>
      {groups.length > 0 && (
        <Typography.Paragraph type="secondary">
          {t('total', { utterances, groups: groups.length + moreGroups })}
          {moreGroups > 0 && ` · ${t('moreGroups', { count: moreGroups })}`}
        </Typography.Paragraph>
      )}
      <Table<Group>
        rowKey={({ wordings, latest }) => `${latest} ${wordings[0]}`}
        loading={isPending}
        dataSource={groups}
        size="small"
        scroll={{ x: 760 }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
        locale={{
          emptyText: isPending ? (
            ' '
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('nothing')} />
          ),
        }}
        columns={[
          { title: t('count'), dataIndex: 'count', width: 80, align: 'right' },
          { title: t('wordings'), key: 'wordings', render: (_, group) => <Wordings {...group} /> },
          { title: t('guess'), key: 'guess', width: 190, render: (_, { guess }) => guess.title },
          {
            title: t('whys'),
            key: 'whys',
            width: 200,
            render: (_, { whys }) => (
              <Space size={4} wrap>
                {whys.map(({ why, count }) => (
                  <Tag key={why}>{`${t(why)} ${count}`}</Tag>
                ))}
              </Space>
            ),
          },
          {
            title: t('latest'),
            dataIndex: 'latest',
            width: 130,
            render: (latest: string) =>
              new Date(latest).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' }),
          },
        ]}
      />
    </>
  );
}

/** What customers said that was not understood, to be taken along as phrases. */
export default function UnderstandingPage() {
  const { t: common } = useSpeech();
  const t = usePageTexts(TEXTS);
  const [days, setDays] = useState<number>(30);
  return (
    <div className="page unclear-page">
      <div className="page-head">
        <Typography.Title level={1} className="page-title">
          {common('navUnderstanding')}
        </Typography.Title>
      </div>
      <Typography.Paragraph type="secondary">{t('hint')}</Typography.Paragraph>
      <Flex wrap gap={12} justify="space-between" className="unclear-toolbar">
        <Segmented
          aria-label={t('range')}
          value={days}
          onChange={setDays}
          options={DAYS.map((value) => ({ value, label: t(`days${value}`) }))}
        />
        <Button icon={<DownloadOutlined aria-hidden />} href={phrasesAddress(days)} download>
          {t('export')}
        </Button>
      </Flex>
      <Groups days={days} />
    </div>
  );
}
