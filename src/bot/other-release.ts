import { type DialogContext, DialogReason } from 'botbuilder-dialogs';
import { outdated, say, wordsOf } from '../../dialogs/index.ts';
import { follow } from './follow.ts';

/** What had to be taken out of the open dialogs. */
export interface Gone {
  any: boolean;
  /** The one that waited for the customer was among them. */
  open: boolean;
}

/** Takes out the topics that this release does not have: a newer one has begun them, or an older one. */
export function dropUnknown(dc: DialogContext): Gone {
  const known = dc.stack.filter(({ id }) => dc.findDialog(id) !== undefined);
  const gone = { any: known.length < dc.stack.length, open: known.at(-1) !== dc.stack.at(-1) };
  if (gone.any) dc.stack.splice(0, dc.stack.length, ...known);
  return gone;
}

/** Goes on with the topic that a dropped one had been put upon. */
export async function resumeBelow(dc: DialogContext): Promise<void> {
  const dialog = dc.activeDialog && dc.findDialog(dc.activeDialog.id);
  if (dialog) await follow(dc, await dialog.resumeDialog(dc, DialogReason.endCalled));
}

/** Another version of the open flow is not continued at a shifted step: it is begun again, and said so. */
export async function restartOutdated(dc: DialogContext): Promise<boolean> {
  const old = outdated(dc);
  if (!old) return false;
  await say(dc.context, 'common.flowUpdated', { topic: wordsOf(dc.context, { key: `topics.${old.topic}` }) });
  await follow(dc, await dc.replaceDialog(old.topic, old.collected));
  return true;
}

/** Takes out everything that could not be gone on with as it is; false when there is nothing such. */
export function dropForeign(dc: DialogContext): boolean {
  if (!dropUnknown(dc).any && !outdated(dc)) return false;
  dc.stack.splice(0);
  return true;
}
