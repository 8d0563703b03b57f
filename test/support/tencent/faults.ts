import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** What goes wrong with a call. `done-…`: it has taken effect, only the answer is lost. */
export type Fault =
  | { kind: 'errcode'; errcode: number; errmsg?: string }
  | { kind: 'status'; status: number }
  | { kind: 'nonsense' }
  /** No answer for so long. */
  | { kind: 'slow' | 'done-slow'; ms: number }
  /** The same, and nothing is done. */
  | { kind: 'never'; ms: number }
  | { kind: 'hang-up' | 'done-hang-up' };

export interface Faults {
  /** The next `times` calls to this path go wrong. */
  next(path: string, fault: Fault, times?: number): void;
  /** Every call goes wrong that the chooser gives a fault for. */
  choose(chooser: ((path: string) => Fault | undefined) | undefined): void;
}

/** Lets calls of an app go wrong as they do in life. */
export function addFaults(app: FastifyInstance): Faults {
  const planned: { path: string; fault: Fault }[] = [];
  let chooser: ((path: string) => Fault | undefined) | undefined;
  const lateFaults = new WeakMap<object, Fault>();

  app.addHook('preHandler', async (request, reply) => {
    const path = request.routeOptions.url ?? '';
    const at = planned.findIndex((it) => it.path === path);
    const fault = at >= 0 ? planned.splice(at, 1)[0]?.fault : chooser?.(path);
    if (!fault) return;
    switch (fault.kind) {
      case 'errcode':
        return reply.send({ errcode: fault.errcode, errmsg: fault.errmsg ?? 'fault' });
      case 'status':
        return reply.code(fault.status).send('<html>gateway</html>');
      case 'nonsense':
        return reply.type('text/html').send('<html>ok</html>');
      case 'hang-up':
        request.raw.socket.destroy();
        return reply.hijack();
      case 'slow':
        await setTimeout(fault.ms);
        return;
      case 'never':
        await setTimeout(fault.ms);
        request.raw.socket.destroy();
        return reply.hijack();
      default:
        lateFaults.set(request, fault);
    }
  });
  app.addHook('onSend', async (request) => {
    const fault = lateFaults.get(request);
    if (fault?.kind === 'done-slow') await setTimeout(fault.ms);
    if (fault?.kind === 'done-hang-up') request.raw.socket.destroy();
  });

  return {
    next(path, fault, times = 1) {
      for (let n = 0; n < times; n++) planned.push({ path, fault });
    },
    choose(given) {
      chooser = given;
    },
  };
}
