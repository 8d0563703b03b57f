import {
  AuditOutlined,
  BarChartOutlined,
  EyeOutlined,
  FileProtectOutlined,
  MessageOutlined,
  QuestionCircleOutlined,
  SafetyOutlined,
  SearchOutlined,
  SettingOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { type ComponentType, lazy, type ReactNode } from 'react';
import type { Permission } from '../../../domain/staff.ts';
import { UnreadBadge } from '../chats/live/unread-badge.tsx';
import type { DeskText } from '../texts.tsx';

/** A page of the desk, shown to whom it serves; loaded when it is opened first. */
export interface Page {
  path: string;
  permission: Permission;
  title: DeskText;
  icon: ReactNode;
  component: ComponentType;
  /** What waits there, beside the title. */
  Badge?: ComponentType;
}

/** In the order of the menu. */
export const PAGES: Page[] = [
  {
    path: '/chats',
    permission: 'chat',
    title: 'navChats',
    icon: <MessageOutlined />,
    component: lazy(() => import('../chats/chats.tsx')),
    Badge: UnreadBadge,
  },
  {
    path: '/review',
    permission: 'review',
    title: 'navReview',
    icon: <AuditOutlined />,
    component: lazy(() => import('../review/review.tsx')),
  },
  {
    path: '/supervise',
    permission: 'supervise',
    title: 'navSupervise',
    icon: <EyeOutlined />,
    component: lazy(() => import('../supervise/supervise.tsx')),
  },
  {
    path: '/search',
    permission: 'search',
    title: 'navSearch',
    icon: <SearchOutlined />,
    component: lazy(() => import('../search/search.tsx')),
  },
  {
    path: '/reports',
    permission: 'reports',
    title: 'navReports',
    icon: <BarChartOutlined />,
    component: lazy(() => import('../reports/reports.tsx')),
  },
  {
    path: '/understanding',
    permission: 'understanding',
    title: 'navUnderstanding',
    icon: <QuestionCircleOutlined />,
    component: lazy(() => import('../understanding/understanding.tsx')),
  },
  {
    path: '/settings',
    permission: 'settings',
    title: 'navSettings',
    icon: <SettingOutlined />,
    component: lazy(() => import('../settings/settings.tsx')),
  },
  {
    path: '/staff',
    permission: 'accounts',
    title: 'navStaff',
    icon: <TeamOutlined />,
    component: lazy(() => import('../staff/staff.tsx')),
  },
  {
    path: '/records',
    permission: 'customer-data',
    title: 'navRecords',
    icon: <FileProtectOutlined />,
    component: lazy(() => import('../records/records.tsx')),
  },
  {
    path: '/audit',
    permission: 'audit',
    title: 'navAudit',
    icon: <SafetyOutlined />,
    component: lazy(() => import('../audit/audit.tsx')),
  },
];
