import type { Bucket, Metric, ReportQuery } from '../../../domain/report.ts';
import { useSpeech } from '../texts.tsx';
import { Cards } from './cards.tsx';
import { Bars, Trend } from './charts.tsx';
import { useReport, type Words } from './data.ts';
import { HeatMap } from './heat-map.tsx';
import { Panel } from './panel.tsx';
import { ReportTable } from './report-table.tsx';

/** Colours of outcomes, told apart also by how light they are. */
const OUTCOMES = {
  solvedTopics: '#2a7f62',
  cases: '#1f5f8b',
  reminders: '#8fb8d9',
  persons: '#d98324',
  left: '#b4bcc4',
} as const satisfies Partial<Record<Metric, string>>;
const SHOWN_TOPICS = 10;

export interface TabProps {
  query: ReportQuery;
  words: Words;
  buckets: readonly Bucket[];
  onBucket(bucket: Bucket): void;
}

/** How the bot does: what customers want, what becomes of it, and when they come. */
export function BotReports({ query, words, buckets, onBucket }: TabProps) {
  const { t } = useSpeech();
  const topics = useReport('topics', query);
  const intents = useReport('intents', query);
  const causes = useReport('causes', query);
  const lock = useReport('risk-lock', query);
  const hours = useReport('hours', query);
  const languages = useReport('languages', query);
  const channels = useReport('channels', query);
  const { metrics, terms } = words;
  const outcomes = Object.entries(OUTCOMES) as [keyof typeof OUTCOMES, string][];
  return (
    <>
      <Cards name="overview" query={query} words={words} />
      <div className="report-grid">
        <Trend name="trend" title={t('reportsTrend')} {...{ query, words, buckets, onBucket }} />
        <Panel name="topics" title={t('reportsTopics')} query={query} report={topics}>
          {(rows) => (
            <div className="report-pair">
              <Bars
                label={t('reportsTopics')}
                parts={outcomes.map(([key, color]) => ({ key, color, name: metrics[key].title }))}
                rows={rows
                  .filter((row) => outcomes.some(([outcome]) => row[outcome] > 0))
                  .slice(0, SHOWN_TOPICS)
                  .map((row) => ({ ...row, name: terms.topic[row.topic] ?? row.topic }))}
              />
              <ReportTable name="topics" rows={rows} words={words} />
            </div>
          )}
        </Panel>
        <Panel name="intents" title={t('reportsIntents')} query={query} report={intents} width={8}>
          {(rows) => <ReportTable name="intents" rows={rows} words={words} />}
        </Panel>
        <Panel name="causes" title={t('reportsCauses')} query={query} report={causes} width={4}>
          {(rows) => (
            <Bars
              label={t('reportsCauses')}
              parts={[{ key: 'conversations', name: metrics.conversations.title, color: '#1f5f8b' }]}
              rows={rows.map((row) => ({ ...row, name: terms.cause[row.cause] ?? row.cause }))}
            />
          )}
        </Panel>
        <Panel name="hours" title={t('reportsHours')} query={query} report={hours}>
          {(rows) => <HeatMap rows={rows} words={words} />}
        </Panel>
        <Panel name="risk-lock" title={t('reportsRiskLock')} query={query} report={lock} width={4}>
          {(rows) => <ReportTable name="risk-lock" rows={rows} words={words} />}
        </Panel>
        <Panel name="channels" title={t('reportsChannels')} query={query} report={channels} width={4}>
          {(rows) => <ReportTable name="channels" rows={rows} words={words} />}
        </Panel>
        <Panel name="languages" title={t('reportsLanguages')} query={query} report={languages} width={4}>
          {(rows) => <ReportTable name="languages" rows={rows} words={words} />}
        </Panel>
      </div>
    </>
  );
}
