import { lineIn, MENU } from '../../dialogs/index.ts';
import type { NewActivity } from '../conversation/store.ts';
import type { Locale } from '../domain/locale.ts';
import { BOT } from './turn.ts';

/** The greeting as it is said outside of a turn, where there is no time for one. */
export function greeting(locale: Locale): NewActivity {
  const actions = MENU.map((line) => {
    const words = lineIn(locale, line);
    return { type: 'imBack', title: words, value: words };
  });
  return {
    type: 'message',
    from: BOT as NonNullable<NewActivity['from']>,
    text: lineIn(locale, { key: 'common.welcome' }),
    locale,
    suggestedActions: { to: [], actions },
    channelData: { key: 'common.welcome', topic: null },
  };
}
