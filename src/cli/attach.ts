import { join } from 'node:path'
import type { Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'

/** A workspace by its folder. An engine that runs there is found without its configuration. */
export interface Workspace {
  workspace: string
  /** @throws ZafraError `config` */
  config: () => Promise<Config>
}

/** Where a command works: in a workspace, or on the engine behind a socket, wherever that one is. */
export type Place = Workspace | { socket: string }

/** The place of a configuration that has been read. */
export function placeOf(config: Config): Workspace {
  return { workspace: config.workspace, config: async () => config }
}

/** Zafra's own folder in a workspace. */
export function stateFolder({ workspace }: Pick<Config, 'workspace'>): string {
  return join(workspace, '.zafra')
}

/** The configuration of a place; null where only the engine behind its socket knows it. @throws ZafraError `config` */
export async function configOf(place: Place): Promise<Config | null> {
  return 'socket' in place ? null : place.config()
}

/** The engine behind a socket. @throws ZafraError `no_engine` where nobody answers, `closing` */
export async function attachTo(socket: string, clock: Clock): Promise<Engine> {
  const { connectEngine } = await import('../api/client.ts')
  return connectEngine({ socket, clock, random: Math.random })
}

/** The engine of another process that has the workspace; undefined where none answers. */
export async function attach(place: Pick<Config, 'workspace'>, clock: Clock): Promise<Engine | undefined> {
  const { socketOf } = await import('../api/address.ts')
  try {
    return await attachTo(socketOf(stateFolder(place)), clock)
  } catch (error) {
    if (isUnreachable(error)) return undefined
    throw error
  }
}

/** The engine that the workspace has, whether another process runs one or not: what is asked of it first will tell. */
export async function engineOf(place: Pick<Config, 'workspace'>, clock: Clock): Promise<Engine> {
  const [{ socketOf }, { engineBehind }] = await Promise.all([
    import('../api/address.ts'),
    import('../api/client.ts'),
  ])
  return engineBehind({ socket: socketOf(stateFolder(place)), clock, random: Math.random })
}

/** Whether the engine of another process does not answer, or only that it is on its way out. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ZafraError && (error.code === 'no_engine' || error.code === 'closing')
}

/** The process that goes on with the work when this one leaves; null: the work is this one's. */
export async function otherProcess(engine: Engine): Promise<number | null> {
  const { engine: own } = await engine.query({ type: 'overview' })
  return own.closing_stops_work ? null : own.pid
}
