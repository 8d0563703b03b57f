/** Port: how far something has been read that is fetched piece by piece, kept for good. */
export interface Cursors {
  /** Undefined when nothing was read yet, or it is lost. */
  read(name: string): Promise<string | undefined>;
  save(name: string, cursor: string): Promise<void>;
}
