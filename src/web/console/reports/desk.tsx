import { Select } from 'antd';
import { useSpeech } from '../texts.tsx';
import type { TabProps } from './bot.tsx';
import { Cards } from './cards.tsx';
import { Trend } from './charts.tsx';
import { useReport } from './data.ts';
import { Panel } from './panel.tsx';
import { ReportTable } from './report-table.tsx';

/** How the people at the desk do: who waits how long, and how content customers are. */
export function DeskReports(
  props: TabProps & { group: string | undefined; onGroup(group: string | undefined): void },
) {
  const { t } = useSpeech();
  const { query: asked, words, buckets, onBucket, group, onGroup } = props;
  const query = { ...asked, group };
  const groups = useReport('groups', query);
  const agents = useReport('agents', query);
  return (
    <>
      <Select
        aria-label={words.metrics.group.title}
        className="report-filter report-group"
        allowClear
        placeholder={t('reportsAnyGroup')}
        value={group ?? null}
        onChange={(value: string | null | undefined) => onGroup(value ?? undefined)}
        options={words.groups.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Cards name="desk" query={query} words={words} />
      <div className="report-grid">
        <Trend name="desk-trend" title={t('reportsTrend')} {...{ query, words, buckets, onBucket }} />
        <Panel name="groups" title={t('reportsGroups')} query={query} report={groups}>
          {(rows) => <ReportTable name="groups" rows={rows} words={words} />}
        </Panel>
        <Panel name="agents" title={t('reportsAgents')} query={query} report={agents}>
          {(rows) => <ReportTable name="agents" rows={rows} words={words} page={20} />}
        </Panel>
      </div>
    </>
  );
}
