import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Something without which the process cannot serve. Throws (rejects) when it is not there. */
export interface ReadinessCheck {
  name: string;
  check(): Promise<unknown>;
}

export interface HealthOptions {
  checks: ReadinessCheck[];
  /** Each check ends within this time, one way or the other. */
  checkTimeoutMs?: number | undefined;
  /** Where other parts have put their metrics; a new one by default. */
  registry?: Registry | undefined;
}

type Finding = 'ok' | 'failed' | 'timed out';

async function find(check: ReadinessCheck, timeoutMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Finding>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, 'timed out');
  });
  // Wrapped, so that a check that throws at once is a failed check, too.
  const outcome = Promise.resolve()
    .then(() => check.check())
    .then(
      (): Finding => 'ok',
      (): Finding => 'failed',
    );
  const finding = await Promise.race([outcome, timeout]);
  clearTimeout(timer);
  return finding;
}

function measureRequests(app: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    // The route's pattern, never the address: addresses hold ids and tickets and have no end.
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    duration.observe(labels, reply.elapsedTime / 1000);
  });
}

/**
 * `/healthz` (the process lives), `/readyz` (every check passed; 503 with the findings otherwise) and `/metrics`
 * (Prometheus: process and requests).
 */
export function addHealth(app: FastifyInstance, options: HealthOptions): void {
  const registry = options.registry ?? new Registry();
  collectDefaultMetrics({ register: registry });
  measureRequests(app, registry);
  const quiet = { logLevel: 'warn' } as const;
  const timeoutMs = options.checkTimeoutMs ?? 2000;

  app.get('/healthz', quiet, async (_request, reply) => {
    reply.header('Cache-Control', 'no-store');
    return { status: 'alive' };
  });

  app.get('/readyz', quiet, async (request, reply) => {
    const findings = await Promise.all(
      options.checks.map(async (check) => [check.name, await find(check, timeoutMs)] as const),
    );
    const ready = findings.every(([, finding]) => finding === 'ok');
    const checks = Object.fromEntries(findings);
    if (!ready) request.log.warn({ checks }, 'not ready');
    reply.code(ready ? 200 : 503).header('Cache-Control', 'no-store');
    return { status: ready ? 'ready' : 'not ready', checks };
  });

  app.get('/metrics', quiet, async (_request, reply) => {
    reply.header('Content-Type', registry.contentType);
    return registry.metrics();
  });
}
