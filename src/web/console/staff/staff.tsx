import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Dropdown, Space, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import type { StaffMember } from '../../../domain/staff.ts';
import { api } from '../api/client.ts';
import { useErrorText } from '../api/errors.ts';
import { type DeskText, useSpeech } from '../texts.tsx';
import { AccountForm } from './account-form.tsx';
import { TemporaryPassword } from './temporary-password.tsx';

interface Created {
  member: StaffMember;
  temporaryPassword?: string;
}

const ACTIONS = {
  password: ['staffResetPassword', 'staffResetPasswordAsk'],
  'second-factor': ['staffResetSecondFactor', 'staffResetSecondFactorAsk'],
} as const satisfies Record<string, readonly [DeskText, DeskText]>;
type Reset = keyof typeof ACTIONS;

/** Accounts of the staff. */
export default function StaffPage() {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const [edited, setEdited] = useState<StaffMember | 'new'>();
  const [told, setTold] = useState<{ name: string; password: string }>();
  const { data, error, isPending } = useQuery({
    queryKey: ['staff'],
    queryFn: ({ signal }) => api<{ staff: StaffMember[] }>('GET', '/staff', undefined, signal),
  });
  const reloaded = () => client.invalidateQueries({ queryKey: ['staff'] });
  const tell = ({ member, temporaryPassword }: Created) => {
    if (temporaryPassword) setTold({ name: member.name, password: temporaryPassword });
  };

  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: string; active: boolean; version: number }) =>
      api('PATCH', `/staff/${id}`, body),
    onError: (fault) => void message.error(errorText(fault)),
    onSettled: reloaded,
  });
  const reset = useMutation({
    mutationFn: ({ id, what }: { id: string; what: Reset }) =>
      api<Created>('POST', `/staff/${id}/reset-${what}`),
    onSuccess: tell,
    onError: (fault) => void message.error(errorText(fault)),
    onSettled: reloaded,
  });

  function askReset({ id, name }: StaffMember, what: Reset): void {
    const [title, content] = ACTIONS[what];
    void modal.confirm({
      title: `${t(title)}: ${name}`,
      content: t(content),
      onOk: () => reset.mutateAsync({ id, what }).catch(() => undefined),
    });
  }

  function askSwitch({ id, name, active, version }: StaffMember): void {
    const next = { id, active: !active, version };
    if (!active) {
      change.mutate(next);
      return;
    }
    void modal.confirm({
      title: `${t('staffDisable')}: ${name}`,
      content: t('staffDisableAsk'),
      okButtonProps: { danger: true },
      onOk: () => change.mutateAsync(next).catch(() => undefined),
    });
  }

  const columns = [
    { title: t('staffNumber'), dataIndex: 'number', width: 90 },
    { title: t('staffName'), dataIndex: 'name' },
    { title: t('loginName'), dataIndex: 'login' },
    {
      title: t('staffRoles'),
      dataIndex: 'roles',
      render: (roles: StaffMember['roles']) => (
        <Space size={4} wrap>
          {roles.map((role) => (
            <Tag key={role}>{t(`role-${role}`)}</Tag>
          ))}
        </Space>
      ),
    },
    { title: t('staffGroups'), dataIndex: 'groups', render: (groups: string[]) => groups.join(' · ') },
    { title: t('staffCapacity'), dataIndex: 'capacity', width: 100 },
    {
      title: t('staffSecondFactor'),
      dataIndex: 'secondFactor',
      render: (set: boolean) => t(set ? 'staffSecondFactorSet' : 'staffSecondFactorNone'),
    },
    {
      title: t('staffState'),
      dataIndex: 'active',
      render: (active: boolean) => (
        <Tag color={active ? 'green' : 'default'}>{t(active ? 'staffActive' : 'staffInactive')}</Tag>
      ),
    },
    {
      title: t('actions'),
      key: 'actions',
      render: (_: unknown, member: StaffMember) => (
        <Space>
          <Button size="small" onClick={() => setEdited(member)}>
            {t('staffEdit')}
          </Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'password', label: t('staffResetPassword') },
                { key: 'second-factor', label: t('staffResetSecondFactor'), disabled: !member.secondFactor },
                {
                  key: 'switch',
                  label: t(member.active ? 'staffDisable' : 'staffEnable'),
                  danger: member.active,
                },
              ],
              onClick: ({ key }) => (key === 'switch' ? askSwitch(member) : askReset(member, key as Reset)),
            }}
          >
            <Button size="small" aria-label={t('actions')}>
              …
            </Button>
          </Dropdown>
        </Space>
      ),
    },
  ];

  return (
    <div className="page">
      <div className="page-head">
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('staffTitle')}
        </Typography.Title>
        <Button type="primary" onClick={() => setEdited('new')}>
          {t('staffNew')}
        </Button>
      </div>
      {error && <Alert type="error" showIcon title={errorText(error)} style={{ marginBottom: 16 }} />}
      <Table<StaffMember>
        rowKey="id"
        columns={columns}
        dataSource={data?.staff ?? []}
        loading={isPending}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        scroll={{ x: 900 }}
        size="middle"
      />
      <AccountForm
        edited={edited}
        onClose={() => setEdited(undefined)}
        onSaved={(saved) => {
          setEdited(undefined);
          tell(saved);
          void reloaded();
        }}
      />
      <TemporaryPassword told={told} onClose={() => setTold(undefined)} />
    </div>
  );
}
