import type { DialogInstance, DialogSet, DialogState } from 'botbuilder-dialogs';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isInstance(value: unknown): boolean {
  if (!isObject(value) || typeof value.id !== 'string' || !isObject(value.state)) return false;
  // Topics keep the dialogs they have opened in their own state.
  return value.state.dialogs === undefined || isDialogState(value.state.dialogs);
}

/** Whether a stored value is what dialogs keep: open ones with a state each, at every level. */
export function isDialogState(value: unknown): value is DialogState {
  return isObject(value) && Array.isArray(value.dialogStack) && value.dialogStack.every(isInstance);
}

/** Whether all of the innermost open dialogs of a topic are ones it has. */
export function knowsAll(dialogs: DialogSet, topic: DialogInstance): boolean {
  const inner = (topic.state as { dialogs?: DialogState } | undefined)?.dialogs?.dialogStack ?? [];
  return inner.every(({ id }) => dialogs.find(id) !== undefined);
}
