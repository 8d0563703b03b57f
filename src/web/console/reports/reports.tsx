import { Alert, Button, ConfigProvider, Skeleton, Tabs, Typography } from 'antd';
import { useMemo, useState } from 'react';
import type { Bucket, ReportQuery } from '../../../domain/report.ts';
import { useErrorText } from '../api/errors.ts';
import { useSpeech } from '../texts.tsx';
import { BotReports } from './bot.tsx';
import { useWords, type Words } from './data.ts';
import { DeskReports } from './desk.tsx';
import { bucketsFor, type Choice, rangeOf } from './range.ts';
import { type Filters, Toolbar } from './toolbar.tsx';
import './reports.css';

function Reports({ words }: { words: Words }) {
  const { t } = useSpeech();
  const [choice, setChoice] = useState<Choice>({ days: 7 });
  const [filters, setFilters] = useState<Filters>({});
  const [group, setGroup] = useState<string>();
  const [wished, setWished] = useState<Bucket>();
  const [now, setNow] = useState(() => new Date());
  const { timeZone } = words;
  const range = useMemo(() => rangeOf(choice, now, timeZone), [choice, now, timeZone]);
  const buckets = bucketsFor(range);
  const bucket = buckets.find((one) => one === wished) ?? buckets[0];
  const query: ReportQuery = { ...range, ...filters, bucket };
  const tab = { query, words, buckets, onBucket: setWished };
  const show = (from: string) => from.replace('T', ' ');
  return (
    <>
      <Toolbar
        {...{ words, choice, filters }}
        onChoice={(next) => {
          setChoice(next);
          setNow(new Date());
        }}
        onFilters={setFilters}
        onRefresh={() => setNow(new Date())}
      />
      <Typography.Paragraph type="secondary" className="report-range">
        {t('reportsOf', { from: show(range.from), to: show(range.to), zone: timeZone })}
      </Typography.Paragraph>
      <Tabs
        destroyOnHidden
        items={[
          { key: 'bot', label: t('reportsBot'), children: <BotReports {...tab} /> },
          {
            key: 'desk',
            label: t('reportsDesk'),
            children: <DeskReports {...tab} group={group} onGroup={setGroup} />,
          },
        ]}
      />
    </>
  );
}

/** Many columns side by side. */
const DENSE = { components: { Table: { cellPaddingInlineSM: 6 } } };

/** Figures on the bot and the desk. */
export default function ReportsPage() {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const { data, error, refetch } = useWords();
  return (
    <div className="page report-page">
      <div className="page-head">
        <Typography.Title level={1} className="page-title">
          {t('navReports')}
        </Typography.Title>
      </div>
      {error && (
        <Alert
          type="error"
          showIcon
          title={errorText(error)}
          action={
            <Button size="small" onClick={() => void refetch()}>
              {t('reload')}
            </Button>
          }
        />
      )}
      {!error && (
        <ConfigProvider theme={DENSE}>
          {data ? <Reports words={data} /> : <Skeleton active paragraph={{ rows: 10 }} />}
        </ConfigProvider>
      )}
    </div>
  );
}
