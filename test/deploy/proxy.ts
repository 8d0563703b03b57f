import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot } from '../../src/root.ts';
import type { Certificates } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/redis-process.ts';

const MIME_TYPES = 'types { text/html html; }';

/** The installed nginx, or the one that NGINX_PATH names. Throws when there is none. */
export function nginxProgram(): string {
  const program = process.env.NGINX_PATH ?? '/usr/sbin/nginx';
  if (!existsSync(program)) throw new Error('nginx is not installed: apt-get install -y nginx');
  return program;
}

/** Stands behind nginx for one process of the product. */
export interface Behind {
  port: number;
  /** Requests that reached it, as `METHOD /path`. */
  received: string[];
  /** What it does with a request; 200 without more. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  server: Server;
  /** Refuses connections. */
  close(): Promise<void>;
}

export async function startBehind(): Promise<Behind> {
  const server = createServer();
  const sockets = new Set<Socket>();
  const behind: Behind = {
    port: 0,
    received: [],
    answer: (_request, response) => void response.end('ok'),
    server,
    async close() {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('request', (request, response) => {
    behind.received.push(`${request.method} ${request.url}`);
    // The whole request is here before anything is done, as with the product.
    request.resume().once('end', () => behind.answer(request, response));
  });
  // The server itself forgets those that became WebSockets.
  server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  behind.port = (server.address() as AddressInfo).port;
  return behind;
}

/** deploy/nginx/nginx.conf on free ports of this machine, before these two. */
export interface RunningNginx {
  /** `https://127.0.0.1:port` */
  url: string;
  plainUrl: string;
  /** Lines of the access log. */
  log(): string;
  stop(): Promise<void>;
}

function adapted(folder: string, ports: { plain: number; secure: number; behind: number[] }): string {
  const replacements: [RegExp, string][] = [
    [/listen 8080 /, `listen 127.0.0.1:${ports.plain} `],
    [/listen 8443 /, `listen 127.0.0.1:${ports.secure} `],
    [/172\.28\.39\.11:3978/, `127.0.0.1:${ports.behind[0]}`],
    [/172\.28\.39\.12:3978/, `127.0.0.1:${ports.behind[1]}`],
    [/ \/tmp\//g, ` ${folder}/`],
    [/\/etc\/nginx\/tls/g, folder],
    [/include mime\.types;/, MIME_TYPES],
    [/access_log \/dev\/stdout/, `access_log ${folder}/access.log`],
    [/worker_processes auto/, 'worker_processes 1'],
    [/worker_rlimit_nofile 65536;\n/, ''],
    [/worker_connections 16384/, 'worker_connections 256'],
  ];
  let text = readFileSync(fromRoot('deploy', 'nginx', 'nginx.conf'), 'utf8');
  for (const [from, to] of replacements) {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`nginx.conf has nothing like ${from}`);
    text = next;
  }
  // Started by root it would work as a user who cannot read the folder.
  return process.getuid?.() === 0 ? `user root;\n${text}` : text;
}

export async function startProxy(parts: {
  program: string;
  behind: readonly Behind[];
  certificates: Certificates;
}): Promise<RunningNginx> {
  const { program, behind, certificates } = parts;
  const folder = mkdtempSync(join(tmpdir(), 'unbind-nginx-'));
  const [plain, secure] = [await freePort(), await freePort()];
  const file = join(folder, 'nginx.conf');
  writeFileSync(join(folder, 'fullchain.pem'), readFileSync(certificates.certificateFile));
  writeFileSync(join(folder, 'privkey.pem'), readFileSync(certificates.keyFile));
  writeFileSync(file, adapted(folder, { plain, secure, behind: behind.map(({ port }) => port) }));
  const args = ['-p', folder, '-c', file, '-e', 'stderr'];
  const checked = spawnSync(program, [...args, '-t'], { encoding: 'utf8' });
  if (checked.status !== 0) throw new Error(`nginx refuses its settings:\n${checked.stderr}`);

  const nginx: ChildProcess = spawn(program, [...args, '-g', 'daemon off;'], { stdio: 'ignore' });
  const cleanUp = () => {
    nginx.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  process.once('exit', cleanUp);
  const plainUrl = `http://127.0.0.1:${plain}`;
  await eventually(() => fetch(plainUrl, { redirect: 'manual' }), 30_000);
  return {
    url: `https://127.0.0.1:${secure}`,
    plainUrl,
    log: () => readFileSync(join(folder, 'access.log'), 'utf8'),
    async stop() {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await ended;
      process.off('exit', cleanUp);
      cleanUp();
    },
  };
}
