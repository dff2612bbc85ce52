import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import type { Engine } from '../domain/engine.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { answered } from './elsewhere.ts'
import type { Health } from './answers/health.ts'
import { COMMAND_ROUTES } from './command-routes.ts'
import type { Metrics } from './metrics.ts'
import { QUERY_ROUTES } from './query-routes.ts'
import type { Route } from './route.ts'
import { HTTP_STATUS } from './status.ts'
import { wordsOf } from './words-of.ts'

/** Bytes of a request's body. */
const LARGEST_BODY = 1024 * 1024

/** What a client asks for before anything else: a closing engine takes nobody on. */
const NEWCOMERS: ReadonlySet<string> = new Set(['/healthz', '/events'])

type Api = Hono<{ Bindings: HttpBindings }>
type Asked = Context<{ Bindings: HttpBindings }>

export interface AppParts {
  engine: Engine
  version: string
  /** Null: not asked for. */
  metrics: Metrics | null
  /** Whether the engine is on its way out. */
  closing: () => boolean
  /** Takes over the response to whoever asks for events. */
  stream: (bindings: HttpBindings) => void
}

/** The resources over an engine. */
export function createApp({ engine, version, metrics, closing, stream }: AppParts): Api {
  const app: Api = new Hono()
  app.onError((error, context) => {
    const status = error instanceof HTTPException ? error.status : undefined
    return refuse(context, toZafraError(error), status)
  })
  app.notFound((context) =>
    refuse(
      context,
      notFound(
        `there is no ${context.req.method} ${context.req.path}; GET /openapi.json lists what there is`,
      ),
    ),
  )
  app.use(async (context, next) => {
    const newcomer = NEWCOMERS.has(context.req.path)
    if (newcomer && closing())
      throw new ZafraError('closing', `the engine in process ${process.pid} is closing`)
    await next()
  })
  const health: Health = { status: 'ok', version, pid: process.pid }
  app.get('/healthz', (context) => context.json(health))
  app.get('/openapi.json', async (context) => {
    // Loaded only where it is asked for.
    const { openApi } = await import('./openapi.ts')
    return context.json(openApi(version))
  })
  if (metrics) {
    app.get('/metrics', async (context) =>
      context.body(await metrics.text(), 200, { 'content-type': metrics.contentType }),
    )
    app.get('/metrics/dashboard', async (context) => {
      const { default: dashboard } = await import('./grafana-dashboard.json', { with: { type: 'json' } })
      return context.json(dashboard)
    })
  }
  app.get('/events', (context) => {
    stream(context.env)
    return RESPONSE_ALREADY_SENT
  })
  for (const route of [...QUERY_ROUTES, ...COMMAND_ROUTES]) mount(app, engine, route)
  return app
}

function mount(app: Api, engine: Engine, route: Route): void {
  app.on(route.method.toUpperCase(), route.path, async (context) => {
    const words = wordsOf(context.req.param(), context.req.queries())
    if (route.method === 'get') {
      const query = route.toQuery(words)
      return context.json(answered(query, await engine.query(query)))
    }
    return context.json(await engine.execute(route.toCommand(words, await bodyOf(context))))
  })
}

/**
 * Undefined where there is none. Read from Node's own stream: hono's body-limit makes a new Request of one that comes in
 * chunks, which only the replaced global Request of @hono/node-server would stand.
 */
async function bodyOf({ env }: Asked): Promise<unknown> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of env.incoming as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > LARGEST_BODY) throw new HTTPException(413)
    pieces.push(piece)
  }
  if (size === 0) return undefined
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown
  } catch (error) {
    throw new ZafraError('usage', `the body is not JSON: ${reason(error)}`, { cause: error })
  }
}

function toZafraError(error: unknown): ZafraError {
  if (error instanceof ZafraError) return error
  if (error instanceof HTTPException)
    return new ZafraError('usage', `the body is larger than ${LARGEST_BODY} bytes`)
  if (error instanceof z.ZodError) return new ZafraError('usage', faults(error), { cause: error })
  return new ZafraError('internal', `a defect of Zafra: ${reason(error)}`, { cause: error })
}

/** Every fault at once, each with the word that it is about. */
function faults({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ')
}

function notFound(message: string): ZafraError {
  return new ZafraError('not_found', message)
}

function refuse(
  context: Context,
  { code, message }: ZafraError,
  status: ContentfulStatusCode = HTTP_STATUS[code],
): Response {
  return context.json({ error: { code, message } }, status)
}
