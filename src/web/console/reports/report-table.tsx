import { Table } from 'antd';
import { columnsOf, type ReportName, type ReportRow } from '../../../domain/report.ts';
import { useSpeech } from '../texts.tsx';
import type { Words } from './data.ts';
import { type Cell, formatted } from './format.ts';
import { MetricName } from './metric.tsx';

const compare = (a: Cell, b: Cell) =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a ?? '').localeCompare(String(b ?? ''));

/** A report as it is, each column sorted by a press on its heading. */
export function ReportTable<Name extends ReportName>(props: {
  name: Name;
  rows: ReportRow<Name>[];
  words: Words;
  /** Rows on one page. */
  page?: number;
}) {
  const { locale, t } = useSpeech();
  const { name, rows, words, page = 10 } = props;
  const cells: Record<string, Cell>[] = rows;
  const columns = columnsOf(name);
  const [first] = columns;
  return (
    <Table<Record<string, Cell>>
      className="report-table"
      rowKey={first?.[0] ?? ''}
      size="small"
      dataSource={cells}
      pagination={{ pageSize: page, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
      locale={{ emptyText: t('reportsNothing') }}
      columns={columns.map(([metric, kind], place) => ({
        key: metric,
        dataIndex: metric,
        title: <MetricName metric={metric} words={words} />,
        align: place === 0 ? 'left' : 'right',
        className: place === 0 ? '' : 'figure',
        showSorterTooltip: false,
        sorter: (a, b) => compare(a[metric] ?? null, b[metric] ?? null),
        render: (value: Cell) => formatted(value, kind, locale, words),
      }))}
    />
  );
}
