import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Engine } from '../../src/domain/engine.ts'
import { createPublisher, type Publisher } from '../../src/engine/publisher.ts'
import { createTurn } from '../../src/engine/turn.ts'
import { openApi } from '../support/api.ts'
import { overview } from '../support/overview.ts'
import { task } from '../support/task.ts'
import type { Heard } from './api-clients.ts'
import type { Figure } from './figure.ts'

const CLIENTS = 10
const PER_SECOND = 1000
const SECONDS = 5
const STEP_MS = 10
const TASKS = (PER_SECOND * SECONDS) / 2

/** The events of a busy engine to attached clients: what they cost its process, and whether each of them arrives. */
export async function measureEvents(): Promise<Figure> {
  const alone = createPublisher(createTurn(), async () => overview())
  const without = await busy(() => tell(alone))
  const publisher: Publisher = createPublisher(createTurn(), async () => overview({ seq: publisher.seq() }))
  const subscribe: Engine['subscribe'] = (listener) => publisher.subscribe(listener)
  // Whoever follows events asks an engine for nothing else.
  const engine = { subscribe, query: async () => overview() } as unknown as Engine
  const api = await openApi(engine)
  const child = fork(fileURLToPath(new URL('api-clients.ts', import.meta.url)), [api.socket, String(CLIENTS)])
  try {
    await once(child, 'message')
    const ended = once(child, 'message') as Promise<[Heard[]]>
    const share = await busy(() => tell(publisher))
    publisher.publish({ type: 'engine' })
    const [heard] = await ended
    const missed = heard.reduce((sum, { tasks, lost }) => sum + TASKS - tasks + lost, 0)
    const progress = heard.reduce((sum, each) => sum + TASKS - each.progress, 0)
    return {
      what: `${PER_SECOND} events/s to ${CLIENTS} clients, CPU of the engine's process`,
      measured: `${(share * 100).toFixed(1)} %`,
      baseline: `${(without * 100).toFixed(1)} % with none; ${missed} missed, ${progress} progress left out`,
      goal: '0 missed',
    }
  } finally {
    await api.close()
    child.kill()
  }
}

/** Half of them must arrive, half may be left out under load. */
async function tell(publisher: Publisher): Promise<void> {
  const begun = performance.now()
  for (let told = 0; told < PER_SECOND * SECONDS; await wait(STEP_MS)) {
    const due = Math.min(((performance.now() - begun) / 1000) * PER_SECOND, PER_SECOND * SECONDS)
    for (; told < due; told++) {
      if (told % 2 === 0) publisher.publish({ type: 'task', task: task({ id: told }) })
      else publisher.publish({ type: 'progress', running: overview().running[0]! })
    }
  }
}

/** The share of one processor that this process takes meanwhile. */
async function busy(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  const begun = performance.now()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / (performance.now() - begun)
}
