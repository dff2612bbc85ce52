import type { Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import type { Lock } from '../store/index.ts'
import { attach, stateFolder } from './attach.ts'

/** How long to wait for a workspace: whoever only looks has it for less. */
const PATIENCE_MS = 1000
/** One who took it so short a time ago may only be on the way to answering, or to giving it back. */
const YOUNG_MS = 10_000
const AGAIN_MS = 50

/** @throws ZafraError `workspace_owned` */
export async function takeWorkspace(config: Config, clock: Clock): Promise<Lock> {
  const { acquireLock, lockOwner } = await import('../store/index.ts')
  const deadline = clock.monotonic() + PATIENCE_MS
  for (;;) {
    const lock = acquireLock(stateFolder(config), clock.now())
    if (lock) return lock
    if (clock.monotonic() >= deadline)
      throw owned(config, lockOwner(stateFolder(config)), 'which this needs for itself: end it first')
    await again(clock)
  }
}

/**
 * The engine that has the workspace, or the workspace itself where nobody has it.
 * @param startedAt since when it is taken; null: only to see whether it is free
 * @throws ZafraError `workspace_owned` where somebody has it and does not answer
 */
export async function attachOrTake(
  place: Pick<Config, 'workspace'>,
  clock: Clock,
  startedAt: Date | null = clock.now(),
): Promise<Engine | Lock> {
  // Without the lock, as long as that does: it is in the store, which takes its time to load.
  const running = await attach(place, clock)
  if (running) return running
  const { acquireLock, lockOwner } = await import('../store/index.ts')
  const begun = clock.monotonic()
  for (;;) {
    const taken = acquireLock(stateFolder(place), startedAt) ?? (await attach(place, clock))
    if (taken) return taken
    const owner = lockOwner(stateFolder(place))
    const age = owner ? clock.now().getTime() - Date.parse(owner.started_at) : Infinity
    if (age > YOUNG_MS && clock.monotonic() - begun >= PATIENCE_MS)
      throw owned(place, owner, 'and it does not answer: wait until it is done, or end it')
    await again(clock)
  }
}

function again(clock: Clock): Promise<void> {
  return new Promise((resolve) => clock.after(AGAIN_MS, resolve))
}

function owned(
  { workspace }: Pick<Config, 'workspace'>,
  owner: { pid: number } | undefined,
  what: string,
): ZafraError {
  const who = owner ? `process ${owner.pid}` : 'another process'
  return new ZafraError('workspace_owned', `${who} owns the workspace ${workspace}, ${what}`)
}
