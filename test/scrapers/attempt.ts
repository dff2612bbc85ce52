import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'

type Message = Record<string, unknown> & { type: string }

export interface Attempt {
  status: number | null
  signal: NodeJS.Signals | null
  messages: Message[]
  /** The last message of that type. */
  last: (type: string) => Message | undefined
  metric: (name: string) => unknown
  stderr: string
}

export interface Given {
  SCRAPER_OUTPUT_FILE: string
  [name: string]: string | undefined
}

/**
 * Runs a built-in scraper as a real process, in the environment of the scraper contract and nothing else, and
 * keeps its state file as the engine does. `onMessage` may kill the process.
 */
export async function attempt(
  scraper: string,
  given: Given,
  onMessage: (message: Message, kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Attempt> {
  const script = new URL(`../../scrapers/${scraper}.ts`, import.meta.url).pathname
  const env = {
    SCRAPER_PROTOCOL: '1',
    SCRAPER_RATE_LIMIT: '0',
    SCRAPER_ALLOW_PRIVATE: '1',
    // Not of the contract: halves the start of a scraper that runs from its source.
    NODE_COMPILE_CACHE: join(tmpdir(), 'zafra-test-compile-cache'),
    ...given,
  }
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const stderr = text(child.stderr)
  const exited = once(child, 'close')
  const messages: Message[] = []
  for await (const line of createInterface(child.stdout)) {
    const message = JSON.parse(line) as Message
    messages.push(message)
    if (message.type === 'state') writeFileSync(stateFile(given), JSON.stringify(message['value']))
    onMessage(message, (signal) => child.kill(signal))
  }
  await exited
  const last = (type: string) => messages.findLast((message) => message.type === type)
  const metric = (name: string) =>
    messages.find((message) => message.type === 'metric' && message['name'] === name)?.['value']
  return { status: child.exitCode, signal: child.signalCode, messages, last, metric, stderr: await stderr }
}

function stateFile(given: Given): string {
  return given['SCRAPER_STATE_FILE'] ?? `${given.SCRAPER_OUTPUT_FILE}.state`
}

/** The rows of a scraper's output. */
export function rowsOf(path: string): Record<string, string>[] {
  return existsSync(path) ? parse(readFileSync(path), { columns: true }) : []
}
