import { useMutation } from '@tanstack/react-query';
import { Alert, App, Card, InputNumber, Select, Table } from 'antd';
import type { DeskGroup } from '../../../../domain/desk.ts';
import type { StaffMember } from '../../../../domain/staff.ts';
import { api } from '../../api/client.ts';
import { useMembers, useReread } from '../data.ts';
import { useSettingsErrorText, useSettingsTexts } from '../texts.ts';

type Service = Partial<Pick<StaffMember, 'groups' | 'skills' | 'capacity'>>;

/** Whose customers each agent serves, what they know, and how many at the same time. Saved with each change. */
export function Members({ groups }: { groups: DeskGroup[] }) {
  const t = useSettingsTexts();
  const errorText = useSettingsErrorText();
  const { message } = App.useApp();
  const reread = useReread();
  const { data, error, isPending } = useMembers();
  const change = useMutation({
    mutationFn: ({ id, version, ...service }: Service & Pick<StaffMember, 'id' | 'version'>) =>
      api('PATCH', `/settings/members/${id}`, { ...service, version }),
    onSuccess: () => void message.success(t('saved')),
    onError: (fault) => void message.warning(errorText(fault)),
    onSettled: reread,
  });
  const put = ({ id, version }: StaffMember, service: Service) => change.mutate({ id, version, ...service });

  const columns = [
    {
      title: t('memberName'),
      key: 'name',
      width: 200,
      render: (_: unknown, { number, name }: StaffMember) => `${number} · ${name}`,
    },
    {
      title: t('memberGroups'),
      key: 'groups',
      render: (_: unknown, member: StaffMember) => (
        <Select
          mode="multiple"
          className="member-select"
          aria-label={`${t('memberGroups')}: ${member.name}`}
          placeholder={t('memberGroupsNone')}
          value={member.groups}
          options={groups.map(({ id, name }) => ({ value: id, label: name }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(next: string[]) => put(member, { groups: next })}
        />
      ),
    },
    {
      title: t('memberSkills'),
      key: 'skills',
      width: 260,
      render: (_: unknown, member: StaffMember) => (
        <Select
          mode="tags"
          className="member-select"
          aria-label={`${t('memberSkills')}: ${member.name}`}
          placeholder={t('memberSkillsNone')}
          value={member.skills}
          options={[{ value: 'en', label: 'en' }]}
          onChange={(next: string[]) => put(member, { skills: next })}
        />
      ),
    },
    {
      title: t('memberCapacity'),
      key: 'capacity',
      width: 140,
      render: (_: unknown, member: StaffMember) => (
        <InputNumber
          key={member.version}
          aria-label={`${t('memberCapacity')}: ${member.name}`}
          min={1}
          max={50}
          precision={0}
          defaultValue={member.capacity}
          onBlur={({ target }) => {
            const capacity = Number(target.value);
            if (capacity >= 1 && capacity !== member.capacity) put(member, { capacity });
          }}
          onPressEnter={({ target }) => target instanceof HTMLElement && target.blur()}
        />
      ),
    },
  ];

  return (
    <Card title={<h2>{t('membersTitle')}</h2>}>
      <p className="settings-hint">{t('membersHint')}</p>
      {error && <Alert type="error" showIcon title={errorText(error)} />}
      <Table<StaffMember>
        rowKey="id"
        columns={columns}
        dataSource={data ?? []}
        loading={isPending || change.isPending}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        size="middle"
        scroll={{ x: 900 }}
        locale={{ emptyText: t('membersEmpty') }}
      />
    </Card>
  );
}
