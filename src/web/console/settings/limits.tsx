import { Button, Card, InputNumber } from 'antd';
import type { DeskSettings } from '../../../domain/desk.ts';
import { api } from '../api/client.ts';
import type { SettingsAnswer } from './data.ts';
import { useDraft } from './draft.ts';
import { SaveBar } from './save-bar.tsx';
import { useSettingsTexts } from './texts.ts';

type Limits = Omit<DeskSettings, 'hours'>;
export type Limit = keyof Limits;

/** What belongs together, in the order in which a chat meets it. `most` in the limit's own unit. */
const PARTS: { title: 'partTargets' | 'partQueue' | 'partChats'; limits: Limit[] }[] = [
  { title: 'partTargets', limits: ['firstReplySeconds', 'nextReplySeconds', 'resolutionMinutes'] },
  { title: 'partQueue', limits: ['acceptSeconds', 'apologySeconds', 'messageSeconds'] },
  { title: 'partChats', limits: ['silentSeconds', 'reopenHours'] },
];
const DAY = 86_400;
const BOUNDS: Record<Limit, [least: number, most: number]> = {
  firstReplySeconds: [5, DAY],
  nextReplySeconds: [5, DAY],
  resolutionMinutes: [1, 10_080],
  acceptSeconds: [5, 600],
  apologySeconds: [5, DAY],
  messageSeconds: [5, DAY],
  silentSeconds: [5, DAY],
  reopenHours: [0, 720],
};

export const limitsOf = ({ hours: _, ...limits }: DeskSettings): Limits => limits;

/** 秒, 分钟 or 小时. */
export const unitOf = (limit: Limit) =>
  limit.endsWith('Seconds') ? 'seconds' : limit.endsWith('Minutes') ? 'minutes' : 'hours';

/** One limit with its unit. */
export function LimitInput(props: {
  limit: Limit;
  value: number;
  label: string;
  onChange(value: number): void;
}) {
  const t = useSettingsTexts();
  const { limit, value, label, onChange } = props;
  const [min, max] = BOUNDS[limit];
  return (
    <InputNumber
      className="limit-input"
      aria-label={label}
      {...{ value, min, max }}
      precision={0}
      suffix={t(`unit-${unitOf(limit)}`)}
      onChange={(next) => {
        if (next !== null) onChange(next);
      }}
    />
  );
}

/** Service targets and what happens when somebody waits. */
export function LimitsPart({ desk }: { desk: SettingsAnswer['desk'] }) {
  const t = useSettingsTexts();
  const { value, defaults, version } = desk;
  const draft = useDraft<Limits>(
    { value: limitsOf(value), version },
    {
      pick: (now) => limitsOf(now as DeskSettings),
      store(limits, from) {
        const all = Object.keys(limits) as Limit[];
        // What is as the operator has it follows them.
        const reset = all.filter((limit) => limits[limit] === defaults[limit]);
        const changed = all.filter((limit) => !reset.includes(limit));
        const change = Object.fromEntries(changed.map((limit) => [limit, limits[limit]]));
        return api('PATCH', '/settings', { version: from, change, reset });
      },
    },
  );
  const limits = draft.value;
  const told = (limit: Limit, of: Limits) => `${of[limit]} ${t(`unit-${unitOf(limit)}`)}`;
  return (
    <>
      <div className="limits-grid">
        {PARTS.map(({ title, limits: own }) => (
          <Card key={title} title={<h2>{t(title)}</h2>}>
            {own.map((limit) => (
              <div key={limit} className="limit-row">
                <div>
                  <strong>{t(`limit-${limit}`)}</strong>
                  <p className="settings-hint">{t(`limitHint-${limit}`)}</p>
                </div>
                <div className="limit-value">
                  <LimitInput
                    limit={limit}
                    label={t(`limit-${limit}`)}
                    value={limits[limit]}
                    onChange={(next) => draft.change({ ...limits, [limit]: next })}
                  />
                  {limits[limit] !== defaults[limit] && (
                    <Button
                      type="link"
                      size="small"
                      onClick={() => draft.change({ ...limits, [limit]: defaults[limit] })}
                    >
                      {t('toDefault', { value: told(limit, defaults) })}
                    </Button>
                  )}
                </div>
              </div>
            ))}
          </Card>
        ))}
      </div>
      <SaveBar
        draft={draft}
        differences={(before, after) =>
          (Object.keys(before) as Limit[])
            .filter((limit) => before[limit] !== after[limit])
            .map((limit) =>
              t('changedFromTo', {
                what: t(`limit-${limit}`),
                before: told(limit, before),
                after: told(limit, after),
              }),
            )
        }
      />
    </>
  );
}
