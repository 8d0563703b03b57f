import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can come to a standstill and then go on with everything that it was given meanwhile. */
export interface HoldingNetwork {
  /** `redis://…` */
  url: string;
  /** From now on nothing arrives, on old and on new connections; to the sender nothing looks wrong. */
  hold(): void;
  /** Delivers all of it, also what was sent on connections that their sender has given up. */
  release(): void;
  close(): Promise<void>;
}

/** Starts one before the server at this URL. */
export async function startHoldingNetwork(serverUrl: string): Promise<HoldingNetwork> {
  const { port, hostname } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let held: (() => void)[] | undefined;
  const deliver = (action: () => void) => (held ? void held.push(action) : action());

  function lead(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('error', () => undefined);
    from.on('data', (chunk) => deliver(() => void to.write(chunk)));
    from.on('close', () => {
      sockets.delete(from);
      deliver(() => void to.end());
    });
  }

  const listener = createServer((near) => {
    const far = connect(Number(port), hostname);
    lead(near, far);
    lead(far, near);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');

  return {
    url: `redis://127.0.0.1:${address.port}`,
    hold() {
      held ??= [];
    },
    release() {
      const late = held ?? [];
      held = undefined;
      for (const action of late) action();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}
