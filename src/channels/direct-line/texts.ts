import { text } from '../../../locales/index.ts';
import type { Words } from './refusal.ts';

type Refused =
  | 'messageTooLong'
  | 'uploadNotOpen'
  | 'oneFileOnly'
  | 'fileMissing'
  | 'fileGone'
  | 'tooManyRequests'
  | 'unavailable';

/** What a customer may read when a request is refused: embedders show `error.message` as it stands. */
export function refusedText(key: Refused): Words {
  return (locale) => text(locale, `direct-line.${key}`);
}
