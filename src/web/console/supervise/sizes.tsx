import { Waiting } from '../chats/clock.tsx';
import type { Floor } from './data.ts';
import { useSuperviseTexts } from './texts.ts';

/** How it stands, in figures: all of it, and each group. A group is pressed to see only its chats. */
export function Sizes(props: {
  floor: Floor;
  group: string | undefined;
  onGroup(group: string | undefined): void;
}) {
  const t = useSuperviseTexts();
  const { floor, group: chosen, onGroup } = props;
  const { agents, groups, sizes, chats } = floor;
  const there = agents.filter(({ presence }) => presence !== 'offline');
  const online = agents.filter(({ presence }) => presence === 'online');
  const room = online.reduce((sum, { capacity, active, offered }) => sum + capacity - active - offered, 0);
  const figures = [
    { title: t('waiting'), value: sizes.reduce((sum, { waiting }) => sum + waiting, 0) },
    { title: t('active'), value: chats.length },
    { title: t('online'), value: `${online.length} / ${there.length}` },
    { title: t('room'), value: Math.max(0, room) },
  ];
  return (
    <div className="floor-sizes">
      <dl className="floor-figures">
        {figures.map(({ title, value }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ul className="floor-groups" aria-label={t('groups')}>
        {groups
          .filter(({ active }) => active)
          .map(({ id, name }) => {
            const size = sizes.find(({ group }) => group === id);
            const talking = chats.filter(({ group }) => group === id).length;
            const isChosen = chosen === id;
            return (
              <li key={id}>
                <button
                  type="button"
                  className={`floor-group ${isChosen ? 'is-chosen' : ''}`}
                  aria-pressed={isChosen}
                  onClick={() => onGroup(isChosen ? undefined : id)}
                >
                  <strong>{name}</strong>
                  <span>
                    {t('groupSize', { waiting: size?.waiting ?? 0, active: talking })}{' '}
                    {size && <Waiting since={size.oldestAt} />}
                  </span>
                </button>
              </li>
            );
          })}
      </ul>
    </div>
  );
}
