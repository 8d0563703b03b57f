/** An error that knows whether what it met passes by itself: a store that restarts, a connection that broke. */
export interface PassingFault {
  readonly passes: boolean;
}

/** Whether doing the same again later may go well. Looks through what the SDK's dialogs wrap around errors. */
export function isPassing(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('passes' in error) return error.passes === true;
  return 'error' in error && isPassing(error.error);
}
