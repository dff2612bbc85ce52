import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { chooseSocket } from '../../src/api/address.ts'
import { connectEngine } from '../../src/api/client.ts'
import { serveEngine, type ApiServer } from '../../src/api/server.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { Clock } from '../../src/domain/clock.ts'
import type { Engine } from '../../src/domain/engine.ts'
import { temporaryFolder } from './program.ts'

export interface TestApi {
  socket: string
  server: ApiServer
  connect(clock?: Clock): Promise<Engine>
  close(): Promise<void>
}

export const TOKEN = 'a token of the tests'

/** An engine served on a socket of its own. */
export async function openApi(
  engine: Engine,
  {
    clock = systemClock,
    tcp = false,
    metrics = false,
  }: { clock?: Clock; tcp?: boolean; metrics?: boolean } = {},
): Promise<TestApi> {
  const folder = temporaryFolder()
  const socket = chooseSocket(join(folder.path, '.zafra'), null)
  const listen = tcp ? { host: '127.0.0.1', port: 0, token: TOKEN } : null
  const server = await serveEngine({ engine, socket, listen, version: '1.2.3', metrics, clock })
  return {
    socket,
    server,
    connect: (own = clock) => connectEngine({ socket, clock: own, random: () => 0.5 }),
    async close() {
      await server.close()
      rmSync(folder.path, { recursive: true, force: true })
    },
  }
}
