import { z } from 'zod'
import { COMMAND_ROUTES } from './command-routes.ts'
import { QUERY_ROUTES } from './query-routes.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

/** The OpenAPI document, out of the schemas that requests are checked with. */
export function openApi(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {
    '/healthz': { get: operation('whether the engine answers') },
    '/events': {
      get: operation('server-sent events: a snapshot, then every change; id is the number of the event', {
        'text/event-stream': { schema: { type: 'string' } },
      }),
    },
  }
  for (const route of [...QUERY_ROUTES, ...COMMAND_ROUTES]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: described(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Zafra', version, description: 'The engine of a workspace.' },
    paths,
    components: { schemas: { Error: errorSchema } },
  }
}

const errorSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string' } },
      required: ['code', 'message'],
    },
  },
  required: ['error'],
}

const errorContent = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }

function operation(summary: string, content: Json = { 'application/json': { schema: {} } }): Json {
  return {
    summary,
    responses: {
      200: { description: 'done', content },
      default: { description: 'refused', content: errorContent },
    },
  }
}

function described(route: Route): Json {
  const { properties = {}, required = [] } = schemaOf(route.words)
  const parameters = Object.entries(properties).map(([name, schema]) => {
    const inPath = route.path.split('/').includes(`:${name}`)
    return {
      name,
      in: inPath ? 'path' : 'query',
      required: inPath || required.includes(name),
      schema,
      ...(!inPath && { style: 'form', explode: false }),
    }
  })
  const body = route.method === 'post' ? route.body : null
  return {
    ...operation(route.summary),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { content: { 'application/json': { schema: schemaOf(body) } } } }),
  }
}

function schemaOf(schema: z.ZodType) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' })
  return json
}
