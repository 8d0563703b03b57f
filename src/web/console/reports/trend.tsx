import { Segmented } from 'antd';
import { useState } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import {
  type Bucket,
  columnsOf,
  type Metric,
  type REPORTS,
  type ReportQuery,
} from '../../../domain/report.ts';
import { type DeskText, useSpeech } from '../texts.tsx';
import { useReport, type Words } from './data.ts';
import { type Cell, formatted, timeMark } from './format.ts';
import { Panel } from './panel.tsx';
import { rangeBefore } from './range.ts';

export type TrendName = {
  [Name in keyof typeof REPORTS]: 'time' extends keyof (typeof REPORTS)[Name] ? Name : never;
}[keyof typeof REPORTS];

const BUCKET_TEXTS: Record<Bucket, DeskText> = {
  hour: 'reportsByHour',
  day: 'reportsByDay',
  week: 'reportsByWeek',
};

interface Props {
  name: TrendName;
  title: string;
  query: ReportQuery;
  words: Words;
  buckets: readonly Bucket[];
  onBucket(bucket: Bucket): void;
}

/** A figure over time, and beneath it the same of the range before. */
export default function Trend({ name, title, query, words, buckets, onBucket }: Props) {
  const { t, locale } = useSpeech();
  const figures = columnsOf(name).filter(([, kind]) => kind !== 'time');
  const [chosen, setChosen] = useState<Metric>();
  const [metric, kind] = figures.find(([known]) => known === chosen) ??
    figures[0] ?? ['conversations', 'count'];
  const report = useReport(name, query);
  const before = useReport(name, { ...query, ...rangeBefore(query) });
  const earlier: Record<string, Cell>[] = before.data ?? [];
  const told = (value: unknown) => formatted(typeof value === 'number' ? value : null, kind, locale, words);
  return (
    <Panel
      name={name}
      title={title}
      query={query}
      report={report}
      extra={
        <>
          <Segmented
            size="small"
            aria-label={t('reportsFigure')}
            value={metric}
            onChange={setChosen}
            options={figures.map(([value]) => ({ value, label: words.metrics[value].title }))}
          />
          {buckets.length > 1 && (
            <Segmented
              size="small"
              aria-label={t('reportsBucket')}
              value={query.bucket}
              onChange={onBucket}
              options={buckets.map((value) => ({ value, label: t(BUCKET_TEXTS[value]) }))}
            />
          )}
        </>
      }
    >
      {(rows) => {
        const cells: Record<string, Cell>[] = rows;
        const points = cells.map((row, place) => ({
          time: String(row.time),
          now: row[metric] ?? null,
          before: earlier[place]?.[metric] ?? null,
        }));
        return (
          <figure className="report-chart" aria-label={`${title}: ${words.metrics[metric].title}`}>
            <ResponsiveContainer width="100%" height={260}>
              <LineChart data={points} margin={{ top: 8, right: 16, bottom: 0, left: 0 }}>
                <CartesianGrid vertical={false} stroke="#e9edf1" />
                <XAxis
                  dataKey="time"
                  tickFormatter={(time: string) => timeMark(time, query.bucket)}
                  tickLine={false}
                  minTickGap={24}
                  stroke="#5c6773"
                  fontSize={12}
                />
                <YAxis
                  tickFormatter={told}
                  tickLine={false}
                  axisLine={false}
                  allowDecimals={kind === 'share'}
                  width={64}
                  stroke="#5c6773"
                  fontSize={12}
                  {...(kind === 'share' && { domain: [0, 1] })}
                  {...(kind === 'mark' && { domain: [1, 5] })}
                />
                <Tooltip formatter={told} labelFormatter={(time) => String(time).replace('T', ' ')} />
                <Line
                  name={t('reportsRangeBefore')}
                  dataKey="before"
                  stroke="#7d8b99"
                  strokeDasharray="4 4"
                  dot={false}
                  isAnimationActive={false}
                />
                <Line
                  name={words.metrics[metric].title}
                  dataKey="now"
                  stroke="#1f5f8b"
                  strokeWidth={2.5}
                  dot={points.length < 2}
                  connectNulls={false}
                  isAnimationActive={false}
                />
              </LineChart>
            </ResponsiveContainer>
          </figure>
        );
      }}
    </Panel>
  );
}
