import type { Line } from './say.ts';

/** What most customers come for, offered where nothing is open. */
export const MENU: Line[] = [
  { key: 'common.startFailing' },
  { key: 'common.startHow' },
  { key: 'common.startCase' },
];
