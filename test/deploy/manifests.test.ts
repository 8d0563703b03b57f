import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect } from 'chai';
import { readConfig } from '../../src/config.ts';
import {
  findObject,
  findWorkload,
  readCompose,
  readKubernetes,
  settingNames,
  shellBlock,
  textOf,
} from './files.ts';

const APPS = ['app-1', 'app-2'] as const;
/** The image's own, which are no settings of the product. */
const SECRETS = ['DIRECT_LINE_SECRET', 'TOKEN_SIGNING_KEY', 'DOCUMENT_KEK', 'REDIS_URL', 'DATABASE_URL'];

/** Runs the runbook's generator as an operator would, and reads what it has written. */
function generateSecrets(): { values: Record<string, string>; mode: number } {
  const folder = mkdtempSync(join(tmpdir(), 'unbind-secrets-'));
  try {
    mkdirSync(join(folder, 'deploy'));
    execFileSync('sh', ['-eu', '-c', shellBlock('> deploy/.env')], { cwd: folder, stdio: 'pipe' });
    const file = join(folder, 'deploy', '.env');
    const values = parseEnv(readFileSync(file, 'utf8'));
    return { values: values as Record<string, string>, mode: statSync(file).mode & 0o777 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As compose fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
function filledIn(environment: Record<string, string>, values: Record<string, string>) {
  const fill = (text: string) =>
    text.replace(/\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind, rest) => {
      const value = values[name];
      if (!value && kind !== '-') throw new Error(`${name} is not set`);
      return value || rest;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, fill(text)]));
}

describe('the runbook’s secrets', () => {
  const { values, mode } = generateSecrets();

  it('are for their owner only', () => expect(mode).to.equal(0o600));

  it('differ from each other and from run to run', () => {
    const again = generateSecrets().values;
    const made = Object.values(values).filter((value) => value.length >= 32);
    expect(new Set(made).size).to.equal(made.length);
    for (const name of SECRETS) expect(values[name]).to.not.equal(again[name]);
  });

  it('are all that compose asks for', () => {
    const asked = [...textOf('compose.yaml').matchAll(/\$\{([A-Z0-9_]+):\?/g)].map((match) => match[1] ?? '');
    expect([...new Set(asked)].filter((name) => !(name in values))).to.deep.equal([]);
  });

  it('have the names of the Kubernetes example, which itself is refused', () => {
    const example = findObject('Secret', 'unbind-assistant').stringData as Record<string, string>;
    expect(Object.keys(example).filter((name) => !(name in values))).to.deep.equal([]);
    const config = findObject('ConfigMap', 'app').data as Record<string, string>;
    expect(() => readConfig({ ...config, ...example })).to.throw(/DIRECT_LINE_SECRET[\s\S]*DOCUMENT_KEK/);
  });

  it('make production settings with compose.yaml', () => {
    for (const name of APPS) {
      const environment = filledIn(readCompose()[name]?.environment ?? {}, values);
      expect(readConfig(environment)).to.deep.include({ env: 'production', port: 3978, proxyHops: 1 });
    }
  });

  it('make production settings with the Kubernetes ConfigMap', () => {
    const { container } = findWorkload('Deployment', 'app');
    const config = findObject('ConfigMap', 'app').data as Record<string, string>;
    const secret = container.env.map(({ name, valueFrom }) => [
      name,
      values[valueFrom?.secretKeyRef.key ?? ''],
    ]);
    expect(readConfig({ ...config, ...Object.fromEntries(secret) })).to.include({ env: 'production' });
  });
});

describe('compose.yaml', () => {
  const services = readCompose();

  it('runs two processes with the same settings', () => {
    const [one, two] = APPS.map((name) => services[name]);
    expect(one?.environment).to.deep.equal(two?.environment);
    expect(one?.image).to.equal(two?.image);
  });

  it('names only settings that exist', () => {
    const names = APPS.flatMap((name) => Object.keys(services[name]?.environment ?? {}));
    expect(names.filter((name) => !settingNames().includes(name))).to.deep.equal([]);
  });

  it('gives the processes one folder of pictures and each its own /data', () => {
    for (const name of APPS) {
      expect(services[name]?.volumes).to.deep.equal(['blobs:/data/blobs', './channels:/etc/unbind:ro']);
      expect(services[name]?.tmpfs[0]).to.match(/^\/data:/);
    }
  });

  it('pins every image and holds no secret', () => {
    for (const [name, { image, environment }] of Object.entries(services)) {
      expect(image, name).to.match(/:(\d+\.\d+|\d+)-bookworm$|:\$\{UNBIND_VERSION:\?/);
      for (const [key, value] of Object.entries(environment)) {
        if (/SECRET|PASSWORD|TOKEN|_KEY|KEK|_URL$/.test(key)) expect(value, key).to.match(/^\$\{/);
      }
    }
  });

  it('restarts everything, writes to no image and waits for uploads', () => {
    for (const service of Object.values(services)) {
      expect(service).to.include({ restart: 'unless-stopped', read_only: true });
    }
    // app.ts lets a request take 120 s.
    for (const name of APPS) expect(services[name]?.stop_grace_period).to.equal('150s');
  });

  it('asks each store for its health', () => {
    for (const name of ['redis', 'postgres', 'nginx'])
      expect(services[name]?.healthcheck, name).to.be.an('object');
    expect(textOf('Dockerfile')).to.match(/HEALTHCHECK[\s\S]*127\.0\.0\.1:3978\/readyz/);
  });

  it('runs Redis with the settings that lose no conversation', () => {
    expect(services.redis?.volumes).to.include.members(['./redis:/etc/redis:ro', 'redis:/data']);
    const settings = textOf('redis', 'redis.conf').split('\n');
    expect(settings).to.include.members([
      'appendonly yes',
      'appendfsync everysec',
      'maxmemory-policy noeviction',
    ]);
    expect(settings.some((line) => /^maxmemory \d+[mg]b$/.test(line))).to.equal(true);
  });
});

describe('the Kubernetes manifests', () => {
  const app = findWorkload('Deployment', 'app');
  const { container, pod } = app;

  it('run two processes and take none away before a new one is ready', () => {
    expect(app.replicas).to.equal(2);
    expect(app.strategy?.rollingUpdate).to.deep.equal({ maxUnavailable: 0, maxSurge: 1 });
  });

  it('name only settings that exist', () => {
    const data = findObject('ConfigMap', 'app').data as Record<string, string>;
    const names = [...Object.keys(data), ...container.env.map(({ name }) => name)];
    expect(names.filter((name) => !settingNames().includes(name))).to.deep.equal([]);
    expect(container.envFrom).to.deep.equal([{ configMapRef: { name: 'app' } }]);
  });

  it('take secrets by reference only', () => {
    for (const [kind, name] of [
      ['Deployment', 'app'],
      ['StatefulSet', 'redis'],
      ['StatefulSet', 'postgres'],
    ] as const) {
      const given = findWorkload(kind, name).container.env;
      const secret = given.filter((it) => /SECRET|PASSWORD|TOKEN|_KEY|KEK|_URL$/.test(it.name));
      expect(secret, name).to.not.deep.equal([]);
      for (const it of secret) expect(it.valueFrom?.secretKeyRef, it.name).to.be.an('object');
    }
    const data = findObject('ConfigMap', 'app').data as Record<string, string>;
    expect(Object.keys(data).filter((name) => /SECRET|PASSWORD|TOKEN|_KEY|KEK/.test(name))).to.deep.equal([]);
    expect(textOf('kubernetes', 'kustomization.yaml')).to.not.contain('secret.example');
  });

  it('probe addresses that the product has, on its port', () => {
    expect(container.ports[0]).to.deep.equal({ name: 'http', containerPort: 3978 });
    const paths = [container.startupProbe, container.readinessProbe, container.livenessProbe].map((probe) => [
      probe.httpGet?.path,
      probe.httpGet?.port,
    ]);
    // A store that is away must not take every process out of the Service.
    expect(paths).to.deep.equal([
      ['/readyz', 'http'],
      ['/healthz', 'http'],
      ['/healthz', 'http'],
    ]);
  });

  it('leave time to leave: the pause before the signal, and an upload', () => {
    const [, seconds] = container.lifecycle?.preStop.exec.command ?? [];
    expect(Number(seconds)).to.be.greaterThan(5);
    expect(pod.terminationGracePeriodSeconds).to.be.at.least(Number(seconds) + 150);
  });

  it('give processes one folder of pictures and each its own /data', () => {
    const mounts = Object.fromEntries(container.volumeMounts.map((it) => [it.mountPath, it.name]));
    const volume = (path: string) => pod.volumes.find((it) => it.name === mounts[path]);
    expect(volume('/data')).to.have.property('emptyDir');
    expect(volume('/data/blobs')).to.have.property('persistentVolumeClaim');
    expect(findObject('PersistentVolumeClaim', 'blobs').spec).to.deep.include({
      accessModes: ['ReadWriteMany'],
    });
  });

  it('run nothing as root, and nothing that can write to its image', () => {
    for (const [kind, name] of [
      ['Deployment', 'app'],
      ['StatefulSet', 'redis'],
      ['StatefulSet', 'postgres'],
    ] as const) {
      const found = findWorkload(kind, name);
      expect(found.pod.securityContext.runAsNonRoot, name).to.equal(true);
      expect(found.container.securityContext, name).to.deep.equal({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(found.container.resources.limits, name).to.have.property('memory');
    }
  });

  it('pin every image', () => {
    for (const name of ['redis', 'postgres'] as const) {
      const { image } = findWorkload('StatefulSet', name).container;
      expect(image).to.equal(readCompose()[name]?.image);
    }
    expect(textOf('kubernetes', 'kustomization.yaml')).to.match(/newTag: \d+\.\d+\.\d+/);
  });

  it('send every address of the product through the Ingress, and none of the operator’s', () => {
    const text = JSON.stringify(findObject('Ingress', 'app'));
    const paths = [...text.matchAll(/"path":"([^"]+)"/g)].map((match) => match[1]);
    const apps = ['/uploads', '/upload', '/channels', '/api/messages'];
    expect(paths).to.include.members(['/v3/directline', ...apps, '/widget', '/widget.js', '/assets']);
    for (const path of ['/', '/metrics', '/readyz', '/healthz']) expect(paths).to.not.include(path);
    expect(JSON.stringify(findObject('Ingress', 'app-start'))).to.match(/http_503[^"]*non_idempotent/);
  });

  it('let nobody but the processes reach the stores', () => {
    for (const [name, port] of [
      ['redis', 6379],
      ['postgres', 5432],
    ]) {
      const { spec } = findObject('NetworkPolicy', String(name));
      expect(spec).to.deep.include({
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'app' } } }], ports: [{ port }] }],
      });
    }
    expect(findObject('NetworkPolicy', 'nobody').spec).to.deep.equal({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('are all part of the kustomization', () => {
    const listed = textOf('kubernetes', 'kustomization.yaml');
    const files = ['namespace', 'config', 'app', 'ingress', 'network-policy', 'redis', 'postgres'];
    for (const file of files) expect(listed).to.contain(`- ${file}.yaml`);
    expect(readKubernetes().filter((it) => it.kind === 'PodDisruptionBudget')).to.have.length(1);
  });
});
