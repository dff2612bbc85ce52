import type { IncomingMessage } from 'node:http'
import { reason, ZafraError, type ErrorCode } from '../domain/error.ts'
import type { ApiRequest } from './request.ts'

/** An import would touch each of its exports, and with `WebSocket` load all of undici: as much as Node itself takes. */
const { request } = process.getBuiltinModule('node:http')
const { connect } = process.getBuiltinModule('node:net')

/** Sends a request to a socket; resolves with the head of the answer. @throws ZafraError `no_engine` */
export function send(
  socketPath: string,
  { method, path, body }: ApiRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = text === undefined ? {} : { 'content-type': 'application/json' }
    // A connection per request: on a kept one an engine that ends would look like a broken answer. Without an agent,
    // which would first make sure that the name of the host, here of no use, is no address.
    request({ createConnection: () => connect(socketPath), method, path, headers, signal })
      .on('response', resolve)
      .on('error', (error) => reject(unreachable(socketPath, error)))
      .end(text)
  })
}

/** The JSON of an answer. @throws ZafraError as the engine threw it; `no_engine` where the answer breaks off */
export async function answerOf(socketPath: string, response: IncomingMessage): Promise<unknown> {
  response.setEncoding('utf8')
  let text = ''
  try {
    for await (const piece of response) text += piece as string
  } catch (error) {
    throw unreachable(socketPath, error)
  }
  const answer = parsed(text)
  if (response.statusCode === 200) return answer
  throw refusal(answer, response.statusCode)
}

function refusal(answer: unknown, status = 0): ZafraError {
  const { error } = (answer ?? {}) as { error?: { code: ErrorCode; message: string } }
  return error
    ? new ZafraError(error.code, error.message)
    : new ZafraError('internal', `what answers on the socket is no engine of Zafra (HTTP status ${status})`)
}

export function unreachable(socketPath: string, cause: unknown): ZafraError {
  return new ZafraError('no_engine', `the engine cannot be reached at ${socketPath}: ${reason(cause)}`, {
    cause,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
