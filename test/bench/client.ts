import WebSocket from 'ws';

interface Wire {
  activities: { id?: string; type: string; replyToId?: string; from: { role?: string } }[];
}

/** A bare Direct Line client that measures from the POST to the reply on its socket. */
export interface BenchClient {
  /** Milliseconds until the bot's first reply to this text is here. */
  ask(text: string): Promise<number>;
  close(): void;
}

let clients = 0;

async function json<T>(url: string, from: string, token?: string, body?: object): Promise<T> {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: {
      // Each client has an address of its own, as customers do: the limits per address are not measured.
      'x-forwarded-for': from,
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return (await answer.json()) as T;
}

export async function openClient(url: string, customer: string): Promise<BenchClient> {
  const base = `${url}/v3/directline`;
  const from = `10.0.${Math.floor(++clients / 250)}.${(clients % 250) + 1}`;
  const grant = await json<{ token: string }>(`${url}/demo/token?customer=${customer}`, from);
  const started = await json<{ conversationId: string; streamUrl: string; token: string }>(
    `${base}/conversations`,
    from,
    grant.token,
    {},
  );
  const socket = new WebSocket(started.streamUrl);
  const answered = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  socket.on('message', (data) => {
    const at = performance.now();
    const text = String(data);
    if (text === '') return;
    for (const { type, replyToId } of (JSON.parse(text) as Wire).activities) {
      if (type !== 'message' || !replyToId || answered.has(replyToId)) continue;
      answered.set(replyToId, at);
      waiting.get(replyToId)?.(at);
    }
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

  return {
    async ask(text) {
      const begun = performance.now();
      const { id } = await json<{ id: string }>(
        `${base}/conversations/${started.conversationId}/activities`,
        from,
        started.token,
        { type: 'message', text },
      );
      const at = answered.get(id) ?? (await new Promise<number>((resolve) => waiting.set(id, resolve)));
      return at - begun;
    },
    close: () => socket.close(),
  };
}
