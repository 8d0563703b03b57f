import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fromRoot } from '../../src/root.ts';

/** Seconds of CPU a process has used, from the kernel. */
export function cpuSecondsOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name may hold spaces; utime and stime are fields 14 and 15, in hundredths of a second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory in MB (10^6 bytes). */
export function memoryMbOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}

/** A file of the bench in a process of its own. */
export interface Helper {
  pid: number | undefined;
  /** Hands in a job and waits for what it says; throws its fault. */
  ask<T>(job: object): Promise<T>;
  stop(): Promise<void>;
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController();
  const { signal } = settled;
  const ended = once(child, 'exit', { signal }).then(([code]) => [{ fault: `ended with exit code ${code}` }]);
  ended.catch(() => undefined);
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [
      { result: T } | { fault: string },
    ];
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.result;
  } finally {
    settled.abort();
  }
}

/** Starts a file of test/bench that takes jobs as messages. */
export function startHelper(file: string, nodeArguments: string[] = []): Helper {
  const child = fork(fromRoot('test', 'bench', file), {
    execArgv: ['--import=tsx', ...nodeArguments],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid,
    async ask(job) {
      const answer = answerOf<never>(child);
      child.send(job);
      return answer;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
