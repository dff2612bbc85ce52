import { expect, test } from 'vitest'
import { z } from 'zod'
import { exactly } from '../../src/api/answers/exactly.ts'
import { createApp } from '../../src/api/app.ts'
import { createMetrics } from '../../src/api/metrics.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { busyOverview } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'

const engine = new ScriptedEngine(busyOverview())
const metrics = createMetrics({ engine, version: '1.2.3', clock: systemClock })
metrics.close()
const app = createApp({ engine, version: '1.2.3', metrics, closing: () => false, stream: () => {} })
const response = await app.request('/openapi.json', {}, {})

/** The rules of OpenAPI 3.1 that a program reading the document rests on. */
const content = z.record(z.string(), z.strictObject({ schema: z.looseObject({}) }))
const answer = z.strictObject({ description: z.string(), content })
const parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  schema: z.looseObject({}),
  style: z.literal('form').optional(),
  explode: z.boolean().optional(),
})
const operation = z.strictObject({
  summary: z.string().min(1),
  parameters: z.array(parameter).default([]),
  requestBody: z.strictObject({ content }).optional(),
  responses: z.strictObject({ 200: answer, default: answer }),
})
const document = z
  .strictObject({
    openapi: z.literal('3.1.0'),
    info: z.strictObject({ title: z.string(), version: z.literal('1.2.3'), description: z.string() }),
    security: z.tuple([z.strictObject({}), z.strictObject({ token: z.tuple([]) })]),
    paths: z.record(
      z.string().startsWith('/'),
      z.strictObject({ get: operation.optional(), post: operation.optional() }),
    ),
    components: z.strictObject({
      schemas: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), z.looseObject({})),
      securitySchemes: z.strictObject({
        token: z.strictObject({
          type: z.literal('http'),
          scheme: z.literal('bearer'),
          description: z.string(),
        }),
      }),
    }),
  })
  .parse(await response.json())
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, each]) => (each ? [{ path, method, ...each }] : [])),
)

/** Every value of `key`, wherever it stands. */
function all(key: string, within: unknown): string[] {
  if (typeof within !== 'object' || within === null) return []
  return Object.entries(within).flatMap(([name, value]) => [
    ...(name === key ? [String(value)] : []),
    ...all(key, value),
  ])
}

test('it describes every resource that there is, and no other', () => {
  const there = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted()).toEqual(
    there.toSorted(),
  )
})

test('each piece of a path is a parameter that must be given, and each parameter is there once', () => {
  for (const { path, parameters } of operations) {
    const inPath = parameters.filter((each) => each.in === 'path')
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
    expect(inPath.every(({ required }) => required)).toBe(true)
    expect(new Set(parameters.map(({ name }) => name)).size).toBe(parameters.length)
  }
})

test('every answer names its schema, every reference leads somewhere, and no schema is idle', () => {
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
  const referred = new Set(all('$ref', document))
  expect([...referred].toSorted()).toEqual(known.toSorted())
  const inline = operations.filter(({ responses }) => {
    const json = responses[200].content['application/json']
    return json && typeof json.schema.$ref !== 'string'
  })
  expect(inline.map(({ path }) => path)).toEqual(['/openapi.json', '/metrics/dashboard'])
})

test('an answer is described by its fields; a later version may add some', () => {
  const { Task, StartBatchResult } = document.components.schemas
  expect(Task).toMatchObject({
    type: 'object',
    properties: { id: { type: 'integer' }, retry_at: { type: ['string', 'null'] } },
    required: expect.arrayContaining(['id', 'retry_at']),
  })
  expect(StartBatchResult).toMatchObject({
    type: 'object',
    properties: {
      batch_id: { type: 'string' },
      tasks: { type: 'integer' },
      rejected: { type: 'integer' },
      absent_sites: {
        type: 'array',
        items: { type: 'object', required: ['site', 'tasks', 'before', 'reason'] },
      },
    },
    required: ['batch_id', 'tasks', 'rejected', 'absent_sites'],
  })
})

test('a schema that differs from its type in a field does not compile', () => {
  interface Told {
    id: number
    why?: string
  }
  const schema = z.strictObject({ id: z.int(), why: z.string().exactOptional() })
  expect(exactly<Told>()(schema)).toBe(schema)
  // @ts-expect-error a field is missing, though it may be left out
  exactly<Told>()(z.strictObject({ id: z.int() }))
  // @ts-expect-error a field may not be left out that may
  exactly<Told>()(z.strictObject({ id: z.int(), why: z.string() }))
  // @ts-expect-error a field is more
  exactly<{ id: number }>()(z.strictObject({ id: z.int(), why: z.string() }))
  // @ts-expect-error a word of a field is missing
  exactly<'a' | 'b'>()(z.enum(['a']))
})
