import { RESULTS } from './answers/command.ts'
import { refusal } from './answers/error.ts'
import { event } from './answers/event.ts'
import { health } from './answers/health.ts'
import { VIEWS } from './answers/index.ts'
import { COMMAND_ROUTES } from './command-routes.ts'
import { answerSchemas, inputSchema, refTo } from './openapi-schemas.ts'
import { QUERY_ROUTES } from './query-routes.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

/** The OpenAPI document, out of the schemas that requests are checked with and that answers are tested by. */
export function openApi(version: string): Json {
  const paths: Record<string, Record<string, Json>> = { ...FIXED }
  for (const route of [...QUERY_ROUTES, ...COMMAND_ROUTES]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: described(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zafra',
      version,
      description:
        'The engine of a workspace. Times are UTC. Texts of scrapers, pages and lists come as they are: escape them.',
    },
    paths,
    components: {
      schemas: answerSchemas(),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'over TCP only: ZAFRA_API_TOKEN' },
      },
    },
    security: [{}, { token: [] }],
  }
}

const json = (schema: Json): Json => ({ 'application/json': { schema } })

const FIXED: Readonly<Record<string, Record<string, Json>>> = {
  '/healthz': { get: operation('whether the engine answers', json(refTo(health))) },
  '/openapi.json': { get: operation('this document', json({ type: 'object' })) },
  '/metrics': {
    get: operation('figures for Prometheus, where api.metrics is on', {
      'text/plain': { schema: { type: 'string' } },
    }),
  },
  '/metrics/dashboard': {
    get: operation('a dashboard of those figures, for Grafana to import', json({ type: 'object' })),
  },
  '/events': {
    get: operation(
      'server-sent events: a snapshot, then every change; id is the number of the event, data the event as JSON. ' +
        'left_out says that progress up to this number was left out',
      {
        'text/event-stream': {
          schema: { type: 'string', contentMediaType: 'application/json', contentSchema: refTo(event) },
        },
      },
    ),
  },
}

function operation(summary: string, content: Json): Json {
  return {
    summary,
    responses: {
      200: { description: 'done', content },
      default: { description: 'refused', content: json(refTo(refusal)) },
    },
  }
}

function described(route: Route): Json {
  const { properties = {}, required = [] } = inputSchema(route.words)
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
  const answer = route.method === 'post' ? RESULTS[route.means] : VIEWS[route.means]
  return {
    ...operation(route.summary, json(refTo(answer))),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { content: json(inputSchema(body)) } }),
  }
}
