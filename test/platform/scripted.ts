import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A platform that answers as it is told and counts what it is asked. */
export async function startScripted(answer: Answer, port = 0) {
  const requests: string[] = [];
  const scripted = {
    answer,
    requests,
    url: '',
    port: 0,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    scripted.answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  scripted.port = (server.address() as AddressInfo).port;
  scripted.url = `http://127.0.0.1:${scripted.port}`;
  return scripted;
}
export type Scripted = Awaited<ReturnType<typeof startScripted>>;

export const json =
  (body: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

export const silent: Answer = () => undefined;

export const CUSTOMER = { id: 'happy', nameMasked: '张*', identityVerified: true };
