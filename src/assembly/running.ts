/** What has been started, in order; stopped the other way round. */
export class Running {
  readonly #stops: (() => Promise<unknown>)[] = [];

  onStop(stop: () => Promise<unknown>): void {
    this.#stops.unshift(stop);
  }

  /** Stops all of it; what cannot be stopped keeps nothing else from it and is thrown in the end. */
  async stop(): Promise<void> {
    const faults: unknown[] = [];
    // Taken out one by one: a start that is still under way adds to them.
    for (let stop = this.#stops.shift(); stop; stop = this.#stops.shift())
      await stop().catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw new AggregateError(faults, 'not everything could be stopped');
  }
}
