import type { Config } from '../domain/config.ts'
import type { Engine } from '../domain/engine.ts'
import { reason, ZafraError } from '../domain/error.ts'
import type { Query, View } from '../domain/query.ts'
import type { SystemView } from '../domain/system.ts'
import { stateFolder } from './attach.ts'
import type { Io } from './command.ts'
import { version } from './package.ts'

/**
 * The engine, answering other sessions too for as long as it is open; the caller holds the workspace's lock. Where
 * nothing was configured a socket that cannot be had is no reason not to work.
 * @throws ZafraError `config` where what was configured cannot be done
 */
export async function serve(
  engine: Engine,
  config: Config,
  { clock, env }: Pick<Io, 'clock' | 'env'>,
  note: (text: string) => void,
): Promise<Engine> {
  const [{ serveEngine }, { chooseSocket, dropSocket }] = await Promise.all([
    import('../api/server.ts'),
    import('../api/address.ts'),
  ])
  const folder = stateFolder(config)
  const listen = listenOf(config, env['ZAFRA_API_TOKEN'])
  try {
    const socket = chooseSocket(folder, config.api.socket, env['XDG_RUNTIME_DIR'])
    let clients = () => 0
    const named = withSocket(engine, socket, () => clients())
    const { metrics } = config.api
    const server = await serveEngine({ engine: named, socket, listen, version: version(), metrics, clock })
    clients = () => server.clients()
    return {
      ...named,
      async close() {
        server.refuse()
        try {
          await engine.close()
        } finally {
          await server.close()
          dropSocket(folder, socket)
        }
      },
    }
  } catch (error) {
    if (config.api.socket !== null || config.api.listen) throw error
    note(`no other session can attach to this engine: ${reason(error)}`)
    return engine
  }
}

function listenOf({ api }: Config, token: string | undefined) {
  if (!api.listen) return null
  if (token) return { ...api.listen, token }
  throw new ZafraError(
    'config',
    'api.listen opens the engine to the network: set ZAFRA_API_TOKEN to the token that has to be shown there, or remove it',
  )
}

/** The engine does not know how others reach it, nor which of those who listen to it are others. */
function withSocket(engine: Engine, socket: string, clients: () => number): Engine {
  return {
    ...engine,
    async query<Q extends Query>(query: Q): Promise<View<Q>> {
      const view = await engine.query(query)
      if (query.type !== 'system') return view
      return { ...(view as SystemView), socket, clients: clients() } as View<Q>
    },
  }
}
