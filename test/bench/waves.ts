import { median, percentile, table } from './figure.ts';
import type { Wave, WaveResult } from './load.ts';
import type { Helper } from './processes.ts';

const WAVES = 3;

/** Who is measured, and how. */
export interface Line {
  name: string;
  wave: Wave;
  /** CPU seconds of its servers so far. */
  cpu(): number;
}

/** Of one wave. */
export interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  serverCpuMs: number;
  clientCpuMs: number;
}

async function measure(client: Helper, { wave, cpu }: Line): Promise<Measured> {
  const cpuBefore = cpu();
  const { samples, seconds, cpuSeconds } = await client.ask<WaveResult>(wave);
  // Opening the conversations is in it, too: a few hundredths of a wave.
  const serverSeconds = cpu() - cpuBefore;
  return {
    perSecond: samples.length / seconds,
    p50: percentile(samples, 0.5),
    p99: percentile(samples, 0.99),
    serverCpuMs: (serverSeconds * 1000) / samples.length,
    clientCpuMs: (cpuSeconds * 1000) / samples.length,
  };
}

/** Waves of all lines in turn, after one of each that is not counted. */
export async function measureAll(client: Helper, lines: Line[]): Promise<Map<Line, Measured[]>> {
  for (const line of lines) await measure(client, line);
  const all = new Map<Line, Measured[]>(lines.map((line) => [line, []]));
  for (let n = 0; n < WAVES; n++) {
    for (const line of lines) all.get(line)?.push(await measure(client, line));
  }
  return all;
}

/** The median of one line's waves. */
export const middle = (waves: Measured[] | undefined, key: keyof Measured) =>
  median((waves ?? []).map((wave) => wave[key]));

/** The medians of all lines as a table. */
export function show(title: string, all: Map<Line, Measured[]>): void {
  const keys = ['perSecond', 'p50', 'p99', 'serverCpuMs', 'clientCpuMs'] as const;
  const rows = [...all].map(([{ name }, waves]) => [
    name,
    ...keys.map((key) => middle(waves, key).toFixed(2)),
  ]);
  table([title, 'turns/s', 'p50 ms', 'p99 ms', 'server CPU ms/turn', 'client CPU ms/turn'], rows);
}
