import { DownloadOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import type { ReportName, ReportQuery } from '../../../domain/report.ts';
import { useErrorText } from '../api/errors.ts';
import { useSpeech } from '../texts.tsx';
import { csvAddress } from './data.ts';

interface Props<Row> {
  name: ReportName;
  title: string;
  query: ReportQuery;
  report: UseQueryResult<Row[]>;
  /** Columns of twelve. */
  width?: 4 | 6 | 8 | 12;
  extra?: ReactNode;
  children(rows: Row[]): ReactNode;
}

function Body<Row>({ report, children }: Pick<Props<Row>, 'report' | 'children'>) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  if (report.isPending) return <Skeleton active paragraph={{ rows: 5 }} title={false} />;
  if (report.error) {
    return (
      <Alert
        type="error"
        showIcon
        title={errorText(report.error)}
        action={
          <Button size="small" onClick={() => void report.refetch()}>
            {t('reload')}
          </Button>
        }
      />
    );
  }
  if (report.data.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('reportsNothing')} />;
  return children(report.data);
}

/** One report on the page: its title, its file, and its figures as soon as they are there. */
export function Panel<Row>({ name, title, query, report, width = 12, extra, children }: Props<Row>) {
  const { t, locale } = useSpeech();
  return (
    <Card
      className={`report-panel span-${width}`}
      title={<h2>{title}</h2>}
      aria-busy={report.isPending}
      extra={
        <>
          {extra}
          <Button
            type="text"
            size="small"
            icon={<DownloadOutlined aria-hidden />}
            href={csvAddress(name, query, locale)}
            download
            aria-label={`${t('reportsCsv')}: ${title}`}
          >
            CSV
          </Button>
        </>
      }
    >
      <Body report={report}>{children}</Body>
    </Card>
  );
}
