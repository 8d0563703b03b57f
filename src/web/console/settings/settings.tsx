import { Alert, Button, Skeleton, Tabs, Typography } from 'antd';
import { useLocation } from 'wouter';
import { useSettings } from './data.ts';
import { Groups } from './groups/groups.tsx';
import { Members } from './groups/members.tsx';
import { Hours } from './hours/hours.tsx';
import { LimitsPart } from './limits.tsx';
import { Replies } from './replies/replies.tsx';
import { useSettingsErrorText, useSettingsTexts } from './texts.ts';
import './settings.css';

/** Hours, limits, groups with their members, and everybody's quick replies. */
export default function SettingsPage() {
  const t = useSettingsTexts();
  const errorText = useSettingsErrorText();
  const [location, navigate] = useLocation();
  const { data, error, refetch } = useSettings();
  const part = location.slice(1) || 'hours';
  const parts = data && [
    { key: 'hours', label: t('tabHours'), children: <Hours desk={data.desk} /> },
    { key: 'limits', label: t('tabLimits'), children: <LimitsPart desk={data.desk} /> },
    { key: 'groups', label: t('tabGroups'), children: <Groups {...data} /> },
    { key: 'members', label: t('tabMembers'), children: <Members groups={data.groups} /> },
    { key: 'replies', label: t('tabReplies'), children: <Replies /> },
  ];
  return (
    <div className="page settings-page">
      <div className="page-head">
        <Typography.Title level={1} className="page-title">
          {t('title')}
        </Typography.Title>
      </div>
      <p className="settings-hint">{t('atOnce')}</p>
      {error && !data && (
        <Alert
          type="error"
          showIcon
          title={errorText(error)}
          action={
            <Button size="small" onClick={() => void refetch()}>
              {t('tryAgain')}
            </Button>
          }
        />
      )}
      {!error && !parts && <Skeleton active paragraph={{ rows: 10 }} />}
      {parts && (
        <Tabs
          activeKey={parts.some(({ key }) => key === part) ? part : 'hours'}
          items={parts}
          onChange={(key) => navigate(`/${key}`)}
        />
      )}
    </div>
  );
}
