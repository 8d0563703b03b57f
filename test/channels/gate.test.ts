import { expect } from 'chai';
import { createGate } from '../../src/channels/gate.ts';

describe('a gate', () => {
  /** Work that ends when it is told to. */
  function held() {
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const work = (name: string) => () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    };
    return { begun, work, end: (name: string) => ends.get(name)?.() };
  }

  it('lets only so many through at a time, those in a hurry first', async () => {
    const gate = createGate(2);
    const { begun, work, end } = held();
    const all = ['a', 'b', 'c', 'd'].map((name) => gate(work(name)));
    const urgent = gate(work('urgent'), true);
    expect(begun).to.deep.equal(['a', 'b']);
    end('a');
    await all[0];
    expect(begun).to.deep.equal(['a', 'b', 'urgent']);
    for (const name of ['b', 'urgent']) end(name);
    await Promise.all([all[1], urgent]);
    expect(begun).to.deep.equal(['a', 'b', 'urgent', 'c', 'd']);
  });

  it('goes on after work that failed', async () => {
    const gate = createGate(1);
    const failed = gate(async () => Promise.reject(new Error('no')));
    const next = gate(async () => 'yes');
    expect(await failed.catch((error: Error) => error.message)).to.equal('no');
    expect(await next).to.equal('yes');
  });
});
