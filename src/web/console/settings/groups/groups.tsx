import { PlusOutlined } from '@ant-design/icons';
import { Badge, Button, Card, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import type { DeskGroup } from '../../../../domain/desk.ts';
import { type SettingsAnswer, useMembers } from '../data.ts';
import { useSettingsTexts } from '../texts.ts';
import { GroupForm } from './group-form.tsx';
import { useMatterWords } from './matters.ts';

/** 技能组: who is asked for what, in which order. */
export function Groups({ groups, desk }: SettingsAnswer) {
  const t = useSettingsTexts();
  const words = useMatterWords();
  const { data: members = [] } = useMembers();
  const [edited, setEdited] = useState<DeskGroup | 'new'>();
  const of = (id: string) => members.filter((member) => member.groups.includes(id));

  const columns = [
    {
      title: t('groupName'),
      key: 'name',
      render: (_: unknown, { id, name }: DeskGroup) => (
        <>
          <strong>{name}</strong> <span className="group-id">{id}</span>
        </>
      ),
    },
    {
      title: t('groupRoutes'),
      key: 'routes',
      render: (_: unknown, { id, routes }: DeskGroup) => (
        <Space size={4} wrap>
          {id === 'default' && t('groupTakesRest')}
          {routes.about.map((about) => (
            <Tag key={about}>{words(about)}</Tag>
          ))}
          {routes.locales.map((locale) => (
            <Tag key={locale} color="blue">
              {locale}
            </Tag>
          ))}
        </Space>
      ),
    },
    {
      title: t('groupTargets'),
      key: 'targets',
      render: (_: unknown, { targets }: DeskGroup) => {
        const { firstReplySeconds, nextReplySeconds, resolutionMinutes } = targets ?? desk.value;
        const told = t('targetsShort', {
          first: firstReplySeconds,
          next: nextReplySeconds,
          end: resolutionMinutes,
        });
        return targets ? <strong>{told}</strong> : told;
      },
    },
    {
      title: t('groupHours'),
      key: 'hours',
      render: (_: unknown, { hours }: DeskGroup) => t(hours ? 'groupOwnHours' : 'groupDeskHours'),
    },
    {
      title: t('groupAssign'),
      dataIndex: 'autoAssign',
      render: (auto: boolean) => t(auto ? 'assignAuto' : 'assignManual'),
    },
    {
      title: t('groupMembers'),
      key: 'members',
      render: (_: unknown, { id }: DeskGroup) =>
        of(id).length || <Badge status="warning" text={t('membersNone')} />,
    },
    {
      title: t('groupState'),
      dataIndex: 'active',
      render: (active: boolean) => (
        <Badge status={active ? 'success' : 'default'} text={t(active ? 'groupActive' : 'groupInactive')} />
      ),
    },
    {
      title: t('actions'),
      key: 'actions',
      render: (_: unknown, group: DeskGroup) => (
        <Button size="small" onClick={() => setEdited(group)} aria-label={`${t('edit')}: ${group.name}`}>
          {t('edit')}
        </Button>
      ),
    },
  ];

  return (
    <Card
      title={<h2>{t('groupsTitle')}</h2>}
      extra={
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
          {t('groupNew')}
        </Button>
      }
    >
      <p className="settings-hint">{t('groupsHint')}</p>
      <Table<DeskGroup>
        rowKey="id"
        columns={columns}
        dataSource={groups}
        pagination={false}
        size="middle"
        scroll={{ x: 960 }}
      />
      {edited && (
        <GroupForm
          key={edited === 'new' ? 'new' : edited.id}
          group={edited === 'new' ? undefined : (groups.find(({ id }) => id === edited.id) ?? edited)}
          desk={desk.value}
          taken={groups.map(({ id }) => id)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Card>
  );
}
