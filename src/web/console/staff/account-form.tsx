import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { ROLES, type Role, type StaffMember } from '../../../domain/staff.ts';
import { api } from '../api/client.ts';
import { useErrorText } from '../api/errors.ts';
import { useSettings } from '../settings/data.ts';
import { useSpeech } from '../texts.tsx';

interface Typed {
  login: string;
  number: string;
  name: string;
  roles: Role[];
  groups: string[];
  capacity: number;
  oidcSubject?: string;
}

interface Saved {
  member: StaffMember;
  temporaryPassword?: string;
}

const FRESH: Partial<Typed> = { roles: ['agent'], groups: ['default'], capacity: 5 };

/** Opens an account or changes one. */
export function AccountForm(props: {
  edited: StaffMember | 'new' | undefined;
  onClose(): void;
  onSaved(saved: Saved): void;
}) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  const { edited, onClose, onSaved } = props;
  const { data: settings } = useSettings();
  const isNew = edited === 'new';
  const save = useMutation({
    mutationFn: ({ login, oidcSubject, ...typed }: Typed) => {
      const body = { ...typed, ...(oidcSubject && { oidcSubject }) };
      if (isNew || edited === undefined) return api<Saved>('POST', '/staff', { login, ...body });
      return api<Saved>('PATCH', `/staff/${edited.id}`, { ...body, version: edited.version });
    },
    onSuccess: onSaved,
  });
  const required = { required: true, message: t('required') };
  return (
    <Drawer
      open={edited !== undefined}
      title={t(isNew ? 'staffNew' : 'staffEdit')}
      size={420}
      destroyOnHidden
      onClose={() => {
        save.reset();
        onClose();
      }}
    >
      <Form<Typed>
        layout="vertical"
        initialValues={typeof edited === 'object' ? edited : FRESH}
        onFinish={(typed) => save.mutate(typed)}
        disabled={save.isPending}
      >
        <Form.Item
          name="login"
          label={t('loginName')}
          rules={[required, { pattern: /^[a-z0-9][a-z0-9._@-]{1,63}$/, message: t('loginForm') }]}
        >
          <Input disabled={!isNew} spellCheck={false} autoCapitalize="none" />
        </Form.Item>
        <Form.Item
          name="number"
          label={t('staffNumber')}
          rules={[required, { pattern: /^[A-Z]{1,3}\d{1,5}$/, message: t('numberForm') }]}
        >
          <Input />
        </Form.Item>
        <Form.Item name="name" label={t('staffName')} rules={[{ ...required, whitespace: true }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="roles" label={t('staffRoles')} rules={[required]}>
          <Select
            mode="multiple"
            options={ROLES.map((role) => ({ value: role, label: t(`role-${role}`) }))}
          />
        </Form.Item>
        <Form.Item name="groups" label={t('staffGroups')}>
          <Select
            mode="multiple"
            options={settings?.groups.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
        <Form.Item
          name="capacity"
          label={t('staffCapacity')}
          extra={t('staffCapacityHint')}
          rules={[required]}
        >
          <InputNumber min={1} max={50} />
        </Form.Item>
        {isNew && (
          <Form.Item name="oidcSubject" label={t('staffSubject')} extra={t('staffSubjectHint')}>
            <Input />
          </Form.Item>
        )}
        {save.error && (
          <Form.Item>
            <Alert type="error" showIcon title={errorText(save.error)} role="alert" />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </Form>
    </Drawer>
  );
}
