import { readdirSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { fromRoot } from '../../src/root.ts';

export const textOf = (...path: string[]): string => readFileSync(fromRoot('deploy', ...path), 'utf8');

const service = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  networks: z.union([
    z.array(z.string()),
    z.record(z.string(), z.object({ ipv4_address: z.string().optional() })),
  ]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  restart: z.string(),
  read_only: z.boolean(),
  stop_grace_period: z.string(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
export type Service = z.infer<typeof service>;

/** compose.yaml with its anchors resolved; variables are left as they are. */
export function readCompose(): Record<string, Service> {
  const parsed = z
    .object({ services: z.record(z.string(), service) })
    .parse(parse(textOf('compose.yaml'), { merge: true }));
  return parsed.services;
}

const probe = z.object({
  httpGet: z.object({ path: z.string(), port: z.string() }).optional(),
  periodSeconds: z.number(),
  failureThreshold: z.number(),
});
const container = z.object({
  name: z.string(),
  image: z.string(),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })).default([]),
  env: z
    .array(
      z.object({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional(),
      }),
    )
    .default([]),
  startupProbe: probe,
  readinessProbe: probe,
  livenessProbe: probe,
  lifecycle: z.object({ preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }) }).optional(),
  resources: z.object({
    requests: z.record(z.string(), z.string()),
    limits: z.record(z.string(), z.string()),
  }),
  securityContext: z.unknown(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});
const workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet']),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    replicas: z.number(),
    strategy: z
      .object({ rollingUpdate: z.object({ maxUnavailable: z.number(), maxSurge: z.number() }) })
      .optional(),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.object({ runAsNonRoot: z.boolean() }),
        containers: z.tuple([container]),
        volumes: z.array(z.record(z.string(), z.unknown())),
      }),
    }),
  }),
});
export type Workload = z.infer<typeof workload>;

const object = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
export type KubernetesObject = z.infer<typeof object>;

/** All objects of the Kubernetes folder, the example of a secret included. */
export function readKubernetes(): KubernetesObject[] {
  return readdirSync(fromRoot('deploy', 'kubernetes'))
    .filter((file) => file !== 'kustomization.yaml')
    .flatMap((file) => parseAllDocuments(textOf('kubernetes', file)).map((it) => object.parse(it.toJS())));
}

/** The only object of this kind and name. */
export function findObject(kind: string, name: string): KubernetesObject {
  const [found, ...more] = readKubernetes().filter((it) => it.kind === kind && it.metadata.name === name);
  if (!found || more.length > 0) throw new Error(`${1 + more.length} objects ${kind}/${name}`);
  return found;
}

/** A Deployment or StatefulSet with its one container. */
export function findWorkload(kind: Workload['kind'], name: string) {
  const { spec } = workload.parse(findObject(kind, name));
  return { ...spec, pod: spec.template.spec, container: spec.template.spec.containers[0] };
}

/** Every setting that config.ts and the files beside it take. */
export function settingNames(): string[] {
  const files = readdirSync(fromRoot('src')).filter((file) => /^config.*\.ts$/.test(file));
  const source = files.map((file) => readFileSync(fromRoot('src', file), 'utf8')).join('\n');
  return [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? '');
}

/** The first shell block of the runbook that holds these words. */
export function shellBlock(words: string): string {
  const blocks = textOf('README.md').matchAll(/^```sh\n([\s\S]*?)^```$/gm);
  const found = [...blocks].map((match) => match[1] ?? '').find((block) => block.includes(words));
  if (!found) throw new Error(`README.md has no shell block with "${words}"`);
  return found;
}
