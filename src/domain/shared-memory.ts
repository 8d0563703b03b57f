/**
 * What the processes of one installation remember together for a short time. Each call is one atomic step and
 * ends in bounded time; it throws when the memory cannot be reached.
 */
export interface SharedMemory {
  /** Keeps a value that may be taken once, within this time. */
  put(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** The value, for whoever asks first; undefined for everybody else, and once its time is over. */
  take(key: string): Promise<string | undefined>;
  /** Counts `times` more under this key, in a window that began with its first hit. */
  hit(key: string, times: number, windowMs: number): Promise<Hits>;
  /** The value that `swap` has left; it stays. */
  read(key: string): Promise<string | undefined>;
  /**
   * Replaces what `read` gives, if that is still `present` (undefined: nothing); without `next` it goes. False: it is
   * something else by now, and nothing was changed. Of several who swap the same, one succeeds.
   */
  swap(key: string, present: string | undefined, next: Kept | undefined): Promise<boolean>;
}

export interface Kept {
  value: string;
  ttlSeconds: number;
}

export interface Hits {
  /** All in this window, those just counted included. */
  count: number;
  /** Until the window ends and counting begins anew. */
  resetMs: number;
}
