import { Button, Drawer, Form, Input, InputNumber, Select, Switch } from 'antd';
import type { DeskGroup, DeskSettings, ServiceTargets } from '../../../../domain/desk.ts';
import { faultsOfHours } from '../../../../domain/opening-hours-check.ts';
import { api } from '../../api/client.ts';
import { useSpeech } from '../../texts.tsx';
import { useDraft } from '../draft.ts';
import { Preview } from '../hours/preview.tsx';
import { Week } from '../hours/week.tsx';
import { LimitInput } from '../limits.tsx';
import { SaveBar } from '../save-bar.tsx';
import { useSettingsTexts } from '../texts.ts';
import { differencesOfGroups } from './differences.ts';
import { useMatters } from './matters.ts';

const TARGETS = ['firstReplySeconds', 'nextReplySeconds', 'resolutionMinutes'] as const;
const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const;
const ID = /^[a-z0-9][a-z0-9-]{0,31}$/;

const FRESH: DeskGroup = {
  ...{ id: '', name: '', routes: { about: [], locales: [] } },
  ...{ autoAssign: true, active: true, place: 10, version: 0 },
};

/** Makes a group or changes one. */
export function GroupForm(props: {
  group: DeskGroup | undefined;
  desk: DeskSettings;
  /** Ids that are there already. */
  taken: string[];
  onClose(): void;
}) {
  const t = useSettingsTexts();
  const { locale } = useSpeech();
  const matters = useMatters();
  const { group, desk, taken, onClose } = props;
  const saved = group ?? FRESH;
  const draft = useDraft<DeskGroup>(
    { value: saved, version: saved.version },
    {
      pick: (now) => now as DeskGroup,
      store: ({ id, ...values }, version) => api('PUT', `/settings/groups/${id}`, { ...values, version }),
      saved: onClose,
    },
  );
  const now = draft.value;
  const put = (change: Partial<DeskGroup>) => draft.change({ ...now, ...change });
  const { firstReplySeconds, nextReplySeconds, resolutionMinutes } = desk;
  const usual: ServiceTargets = { firstReplySeconds, nextReplySeconds, resolutionMinutes };
  const badId = !group && now.id !== '' && (!ID.test(now.id) || taken.includes(now.id));
  const isWrong =
    badId || !now.id || !now.name.trim() || (now.hours !== undefined && faultsOfHours(now.hours).length > 0);
  return (
    <Drawer
      open
      size={680}
      title={group ? group.name : t('groupNew')}
      onClose={onClose}
      footer={
        <>
          <SaveBar
            draft={draft}
            isWrong={isWrong}
            differences={(before, after) => differencesOfGroups(before, after, { t, locale })}
          />
          {!draft.isDirty && <Button onClick={onClose}>{t('close')}</Button>}
        </>
      }
    >
      <Form layout="vertical" component={false}>
        {!group && (
          <Form.Item
            label={t('groupId')}
            extra={t('groupIdHint')}
            {...(badId && {
              validateStatus: 'error',
              help: t(taken.includes(now.id) ? 'groupIdTaken' : 'groupIdHint'),
            })}
          >
            <Input
              aria-label={t('groupId')}
              value={now.id}
              spellCheck={false}
              onChange={({ target }) => put({ id: target.value })}
            />
          </Form.Item>
        )}
        <Form.Item label={t('groupName')}>
          <Input
            aria-label={t('groupName')}
            value={now.name}
            maxLength={30}
            onChange={({ target }) => put({ name: target.value })}
          />
        </Form.Item>
        <Form.Item
          label={t('groupAbout')}
          extra={t(now.id === 'default' ? 'groupDefaultHint' : 'groupAboutHint')}
        >
          <Select
            mode="multiple"
            aria-label={t('groupAbout')}
            value={now.routes.about}
            options={matters}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(about: string[]) => put({ routes: { ...now.routes, about } })}
          />
        </Form.Item>
        <Form.Item label={t('groupLocales')}>
          <Select
            mode="multiple"
            aria-label={t('groupLocales')}
            value={now.routes.locales}
            options={LOCALES.map((value) => ({ value }))}
            onChange={(locales: string[]) => put({ routes: { ...now.routes, locales } })}
          />
        </Form.Item>
        <Form.Item label={t('groupPlace')} extra={t('groupPlaceHint')}>
          <InputNumber
            aria-label={t('groupPlace')}
            min={0}
            max={1000}
            precision={0}
            value={now.place}
            onChange={(place) => put({ place: place ?? 0 })}
          />
        </Form.Item>
        <SwitchLine label={t('assignAuto')} hint={t('assignHint')} checked={now.autoAssign}>
          {(autoAssign) => put({ autoAssign })}
        </SwitchLine>
        <SwitchLine
          label={t('groupActive')}
          hint={t(now.id === 'default' ? 'groupDefaultActive' : 'groupActiveHint')}
          checked={now.active}
          disabled={now.id === 'default'}
        >
          {(active) => put({ active })}
        </SwitchLine>
        <SwitchLine
          label={t('groupOwnTargets')}
          hint={t('groupOwnTargetsHint')}
          checked={now.targets !== undefined}
        >
          {(own) => put({ targets: own ? usual : undefined })}
        </SwitchLine>
        {now.targets && (
          <div className="group-targets">
            {TARGETS.map((limit) => (
              <Form.Item key={limit} label={t(`limit-${limit}`)}>
                <LimitInput
                  limit={limit}
                  label={t(`limit-${limit}`)}
                  value={now.targets?.[limit] ?? usual[limit]}
                  onChange={(value) => put({ targets: { ...usual, ...now.targets, [limit]: value } })}
                />
              </Form.Item>
            ))}
          </div>
        )}
        <SwitchLine
          label={t('groupOwnHours')}
          hint={t('groupOwnHoursHint')}
          checked={now.hours !== undefined}
        >
          {(own) => put({ hours: own ? structuredClone(desk.hours) : undefined })}
        </SwitchLine>
        {now.hours && (
          <>
            <Preview hours={now.hours} />
            <Week hours={now.hours} onChange={(hours) => put({ hours })} />
          </>
        )}
      </Form>
    </Drawer>
  );
}

function SwitchLine(props: {
  label: string;
  hint: string;
  checked: boolean;
  disabled?: boolean;
  children(checked: boolean): void;
}) {
  const { label, hint, checked, disabled = false, children } = props;
  return (
    <div className="switch-line">
      <div>
        <strong>{label}</strong>
        <p className="settings-hint">{hint}</p>
      </div>
      <Switch aria-label={label} checked={checked} disabled={disabled} onChange={children} />
    </div>
  );
}
