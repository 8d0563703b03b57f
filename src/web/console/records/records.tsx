import { Tabs, Typography } from 'antd';
import { Retention } from '../review/retention.tsx';
import { useReviewTexts } from '../review/texts.ts';
import { Holds } from './holds.tsx';
import { Rights } from './rights.tsx';
import './records.css';

/** What is kept of customers: legal holds, retention, export and deletion on their request. */
export default function RecordsPage() {
  const t = useReviewTexts();
  return (
    <div className="page">
      <div className="page-head">
        <Typography.Title level={1} className="page-title">
          {t('recordsTitle')}
        </Typography.Title>
      </div>
      <Tabs
        items={[
          { key: 'holds', label: t('recordsHolds'), children: <Holds /> },
          { key: 'rights', label: t('recordsRights'), children: <Rights /> },
          { key: 'retention', label: t('tabRetention'), children: <Retention /> },
        ]}
      />
    </div>
  );
}
