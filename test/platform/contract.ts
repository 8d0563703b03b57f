import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { z } from 'zod';
import { fromRoot } from '../../src/root.ts';

/** The parts of openapi.yaml that tests look at. */
const node = z.record(z.string(), z.unknown());
const media = z.object({
  schema: node,
  examples: z.record(z.string(), z.object({ value: z.unknown() })),
});
const content = z.object({ 'application/json': media });
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'header']),
  required: z.literal(true),
  schema: node,
});
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.unknown()),
});
const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(z.enum(['get', 'post']), operation).or(z.partialRecord(z.enum(['get', 'post']), operation)),
  ),
  webhooks: z.object({ platformEvent: z.object({ post: z.object({ requestBody: z.object({ content }) }) }) }),
  components: z.object({
    schemas: z.record(z.string(), node),
    parameters: z.record(z.string(), parameter),
    responses: z.record(z.string(), z.object({ content })),
  }),
});

/** openapi.yaml itself, parsed. */
export const contract = documentSchema.parse(
  parse(readFileSync(fromRoot('src/platform/openapi.yaml'), 'utf8')),
);
export type Operation = z.infer<typeof operation>;
export type Media = z.infer<typeof media>;

export const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, op]) => ({ path, method, ...op })),
);

function refName(value: unknown): string | undefined {
  const ref = z.object({ $ref: z.string() }).safeParse(value).data?.$ref;
  return ref?.split('/').at(-1);
}

export function mediaOf(response: unknown): Media {
  const name = refName(response);
  const resolved = name === undefined ? response : contract.components.responses[name];
  return z.object({ content }).parse(resolved).content['application/json'];
}

export function parametersOf(op: Operation): z.infer<typeof parameter>[] {
  return op.parameters.map((p) => parameter.parse(contract.components.parameters[refName(p) ?? ''] ?? p));
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const leaf = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** As JSON Schema: definitions where a validator looks for them and, if `closed`, nothing undeclared. */
function toJsonSchema(value: unknown, closed: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => toJsonSchema(item, closed));
  if (value === null || typeof value !== 'object') return leaf.parse(value);
  const name = refName(value);
  if (name !== undefined) return { $ref: `#/$defs/${name}` };
  const converted = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJsonSchema(v, closed)]));
  return closed && 'properties' in converted ? { ...converted, additionalProperties: false } : converted;
}

const OPEN_DEFINITIONS = toJsonSchema(contract.components.schemas, false);
const CLOSED_DEFINITIONS = toJsonSchema(contract.components.schemas, true);

/** A validator made from the contract; `closed` also refuses properties that it does not declare. */
export function validator(schema: unknown, { closed = false } = {}): z.ZodType {
  const converted = z.record(z.string(), z.unknown()).parse(toJsonSchema(schema, closed));
  const $defs = closed ? CLOSED_DEFINITIONS : OPEN_DEFINITIONS;
  return z.fromJSONSchema({ ...converted, $defs } as Parameters<typeof z.fromJSONSchema>[0]);
}

const validators = new Map<unknown, z.ZodType>();
export function closedValidator(schema: unknown): z.ZodType {
  const known = validators.get(schema) ?? validator(schema, { closed: true });
  validators.set(schema, known);
  return known;
}

export interface Exchange {
  method: string;
  path: string;
  headers: Record<string, unknown>;
  requestBody: unknown;
  status: number;
  replyBody: unknown;
}

/** Everything in which an exchange breaks openapi.yaml. */
export function violations(exchange: Exchange): string[] {
  const found = operations.find(
    (op) => op.method === exchange.method.toLowerCase() && match(op.path, exchange.path),
  );
  if (!found) return [`${exchange.method} ${exchange.path} is not in the contract`];
  const problems: string[] = [];
  const check = (what: string, schema: unknown, value: unknown) => {
    const result = closedValidator(schema).safeParse(value);
    if (!result.success) problems.push(`${found.operationId} ${what}: ${z.prettifyError(result.error)}`);
  };
  const inPath = match(found.path, exchange.path) ?? {};
  for (const { name, in: place, schema } of parametersOf(found))
    check(name, schema, place === 'path' ? inPath[name] : exchange.headers[name.toLowerCase()]);
  if (!String(exchange.headers.authorization).startsWith('Bearer ')) problems.push('no bearer token');
  if (found.requestBody)
    check('body', found.requestBody.content['application/json'].schema, exchange.requestBody);
  const response = found.responses[String(exchange.status)] ?? found.responses.default;
  check(`HTTP ${exchange.status}`, mediaOf(response).schema, exchange.replyBody);
  return problems;
}

function match(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  const values = new RegExp(`^${pattern}$`).exec(path)?.slice(1);
  return values && Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')]));
}

/** A server between client and platform that compares every exchange with the contract. */
export async function startInspector(target: string) {
  const seen: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const body = await text(request);
    const headers = Object.fromEntries(
      ['authorization', 'content-type', 'idempotency-key'].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    const method = request.method ?? 'GET';
    const reply = await fetch(target + path, { method, headers, ...(body === '' ? {} : { body }) });
    const replyText = await reply.text();
    const requestBody = body === '' ? undefined : JSON.parse(body);
    seen.push({ method, path, headers, requestBody, status: reply.status, replyBody: JSON.parse(replyText) });
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(replyText);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
