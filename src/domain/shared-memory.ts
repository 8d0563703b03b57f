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
}

export interface Hits {
  /** All in this window, those just counted included. */
  count: number;
  /** Until the window ends and counting begins anew. */
  resetMs: number;
}
