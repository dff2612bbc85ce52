import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Engine } from '../domain/engine.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { answered } from './elsewhere.ts'
import { COMMAND_ROUTES } from './command-routes.ts'
import { openApi } from './openapi.ts'
import { QUERY_ROUTES } from './query-routes.ts'
import type { Route } from './route.ts'
import { HTTP_STATUS } from './status.ts'
import { wordsOf } from './words-of.ts'

/** Bytes of a request's body. */
const LARGEST_BODY = 1024 * 1024

type Api = Hono<{ Bindings: HttpBindings }>
type Asked = Context<{ Bindings: HttpBindings }>

export interface AppParts {
  engine: Engine
  version: string
  /** Whether the engine is on its way out: then everything is refused. */
  closing: () => boolean
  /** Takes over the response to whoever asks for events. */
  stream: (bindings: HttpBindings) => void
}

/** The resources over an engine. */
export function createApp({ engine, version, closing, stream }: AppParts): Api {
  const app: Api = new Hono()
  app.onError((error, context) => refuse(context, toZafraError(error)))
  app.notFound((context) =>
    refuse(
      context,
      notFound(
        `there is no ${context.req.method} ${context.req.path}; GET /openapi.json lists what there is`,
      ),
    ),
  )
  app.use(async (_, next) => {
    if (closing()) throw new ZafraError('closing', `the engine in process ${process.pid} is closing`)
    await next()
  })
  app.use(bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge }))
  app.get('/healthz', (context) => context.json({ status: 'ok', version, pid: process.pid }))
  app.get('/openapi.json', (context) => context.json(openApi(version)))
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

/** Undefined where there is none. */
async function bodyOf(context: Asked): Promise<unknown> {
  const text = await context.req.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new ZafraError('usage', `the body is not JSON: ${reason(error)}`, { cause: error })
  }
}

function toZafraError(error: unknown): ZafraError {
  if (error instanceof ZafraError) return error
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

function tooLarge(context: Context): Response {
  const message = `the body is larger than ${LARGEST_BODY} bytes`
  return context.json({ error: { code: 'usage', message } }, 413)
}

function refuse(context: Context, { code, message }: ZafraError): Response {
  return context.json({ error: { code, message } }, HTTP_STATUS[code])
}
