import type { DialogContext, DialogInstance } from 'botbuilder-dialogs';
import { beginAgain, noteEnded, outdated, resumeOpen } from '../../dialogs/index.ts';
import { follow } from './follow.ts';

/** What had to be taken out of the open dialogs. */
export interface Gone {
  any: boolean;
  /** The one that waited for the customer was among them. */
  open: boolean;
}

/** They cannot be ended in an orderly way: this release does not know how. */
function noteLeft(dc: DialogContext, topics: readonly DialogInstance[]): void {
  for (const { id } of topics) noteEnded(dc.context, { topic: id, outcome: 'left' });
}

/** Takes out the topics that this release does not have: a newer one has begun them, or an older one. */
export function dropUnknown(dc: DialogContext): Gone {
  const isKnown = ({ id }: DialogInstance) => dc.findDialog(id) !== undefined;
  const known = dc.stack.filter(isKnown);
  const gone = { any: known.length < dc.stack.length, open: known.at(-1) !== dc.stack.at(-1) };
  const unknown = dc.stack.filter((open) => !isKnown(open));
  if (gone.any) dc.stack.splice(0, dc.stack.length, ...known);
  noteLeft(dc, unknown);
  return gone;
}

/** Goes on with the topic that a dropped one had been put upon. */
export async function resumeBelow(dc: DialogContext): Promise<void> {
  const resumed = await resumeOpen(dc);
  if (resumed) await follow(dc, resumed);
}

/** Another version of the open flow is not continued at a shifted step: it is begun again, and said so. */
export async function restartOutdated(dc: DialogContext): Promise<boolean> {
  const old = outdated(dc);
  if (!old) return false;
  await follow(dc, await beginAgain(dc, old));
  return true;
}

/** Takes out everything that could not be gone on with as it is; false when there is nothing such. */
export function dropForeign(dc: DialogContext): boolean {
  if (!dropUnknown(dc).any && !outdated(dc)) return false;
  noteLeft(dc, dc.stack.splice(0));
  return true;
}
