import { expect } from 'chai';
import { type Counts, lineOf } from './counts.ts';
import { type Crowd, startCrowd } from './crowd.ts';
import { converse } from './customer.ts';
import { type Pair, type PairOptions, startPair } from './pair.ts';
import { SCRIPTS, type Script } from './scripts.ts';
import { judge, observe } from './verdict.ts';

/** Two processes that a crowd of customers talks to while something goes wrong. */
export interface Trial {
  pair: Pair;
  /** Lets customers in, `size` at a time. */
  letIn(size?: number): Crowd;
  /**
   * Waits until everybody has been answered, prints the counts and compares every conversation with an undisturbed
   * one; throws with all that is different.
   */
  conclude(title: string, crowd: Crowd, more?: Record<string, number | string>): Promise<Counts>;
  stop(): Promise<void>;
}

/** Beyond the numbers of those who come in a crowd. */
const CALM_NUMBER = 60_000;

/** Starts the processes and lives through each script once, undisturbed. */
export async function startTrial(options: PairOptions): Promise<Trial> {
  const pair = await startPair(options);
  const calm = Object.keys(SCRIPTS).map((script, index) =>
    converse({ pair, number: CALM_NUMBER + index, script: script as Script, patient: true }),
  );
  const undisturbed = await observe(pair, await Promise.all(calm));

  return {
    pair,
    letIn: (size) => startCrowd(pair, size),
    async conclude(title, crowd, more) {
      await crowd.finish();
      const { counts, faults } = await judge(pair, crowd.conversations, undisturbed);
      console.log(lineOf(title, counts, more));
      expect(faults.join('\n')).to.equal('');
      return counts;
    },
    stop: () => pair.stop(),
  };
}
