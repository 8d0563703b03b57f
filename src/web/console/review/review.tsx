import { Tabs, Typography } from 'antd';
import { useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { CasePage } from './case/case-page.tsx';
import { type Filter, NO_FILTER } from './data.ts';
import { Queue } from './queue/queue.tsx';
import { Retention } from './retention.tsx';
import { useReviewTexts } from './texts.ts';
import './review.css';

/** The review desk: its queue, one case, and how long documents are kept. */
export default function ReviewPage() {
  const t = useReviewTexts();
  const [location, navigate] = useLocation();
  // Kept here, so that whoever comes back from a case finds the list as it was.
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const tabs = [
    { key: '/', label: t('tabQueue') },
    { key: '/retention', label: t('tabRetention') },
  ];
  const head = (
    <div className="page-head review-head">
      <Typography.Title level={1} className="page-title">
        {t('title')}
      </Typography.Title>
      <Tabs items={tabs} activeKey={location} onChange={(key) => navigate(key)} />
    </div>
  );
  return (
    <Switch>
      <Route path="/">
        <div className="page review-page">
          {head}
          <Queue filter={filter} onFilter={setFilter} />
        </div>
      </Route>
      <Route path="/retention">
        <div className="page review-page">
          {head}
          <Retention />
        </div>
      </Route>
      <Route path="/:number">{({ number }) => <CasePage key={number} number={number} />}</Route>
    </Switch>
  );
}
