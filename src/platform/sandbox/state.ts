import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { reviewReceipt } from '../schemas.ts';

const stateSchema = z.object({
  version: z.literal(1),
  /** Set once the maintenance was ended by hand. */
  maintenance: z.object({ startsAt: z.string(), endsAt: z.string() }).optional(),
  /** Customer -> codes of blockers that are gone. */
  cleared: z.record(z.string(), z.array(z.string())),
  /** Card -> when its unbinding was completed, ISO-8601 with offset. */
  unbound: z.record(z.string(), z.string()),
  /** Idempotency-Key -> digest of the body and the answer that was given. */
  decisions: z.record(z.string(), z.object({ digest: z.string(), receipt: reviewReceipt })),
});

/** What happened since the seed; everything else is derived from it. */
export type SandboxState = z.infer<typeof stateSchema>;

export function emptyState(): SandboxState {
  return { version: 1, cleared: {}, unbound: {}, decisions: {} };
}

/** How the state came to be at start. `reset` = the file was unreadable and is kept as `<file>.corrupt`. */
export type Restored = 'new' | 'kept' | 'reset';

/** The state kept in one file, replaced as a whole with each change; without a file, in memory. */
export class StateFile {
  readonly restored: Restored;
  readonly #path: string | undefined;
  #state: SandboxState;

  constructor(path: string | undefined) {
    this.#path = path;
    const text = path === undefined ? undefined : read(path);
    const kept = text === undefined ? undefined : decode(text);
    this.restored = text === undefined ? 'new' : kept ? 'kept' : 'reset';
    this.#state = kept ?? emptyState();
    if (path !== undefined && this.restored === 'reset') renameSync(path, `${path}.corrupt`);
  }

  get state(): Readonly<SandboxState> {
    return this.#state;
  }

  /** Takes effect only once it is on disk. */
  replace(next: SandboxState): void {
    if (this.#path !== undefined) {
      mkdirSync(dirname(this.#path), { recursive: true });
      const temporary = `${this.#path}.${process.pid}.tmp`;
      writeFileSync(temporary, JSON.stringify(next), { flush: true });
      renameSync(temporary, this.#path);
    }
    this.#state = next;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error('sandbox state cannot be read', { cause: error });
  }
}

function decode(text: string): SandboxState | undefined {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
