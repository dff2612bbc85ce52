import { between } from '../../src/demo/chance.ts'
import type { Random } from '../../src/domain/clock.ts'
import type { Command } from '../../src/domain/command.ts'
import type { Engine } from '../../src/domain/engine.ts'
import { ZafraError } from '../../src/domain/error.ts'
import type { EngineEvent } from '../../src/domain/event.ts'

/** How often an event of a task makes the client interfere. */
const INTERFERES = 0.15

/**
 * A client that never lets the engine rest: it starts or resumes a batch whenever none runs, and cancels and
 * retries tasks as they go by. Returns how to stop it.
 */
export function press(engine: Engine, random: Random): () => void {
  const execute = (command: Command) => {
    engine.execute(command).catch((error: unknown) => {
      // What it asks for can be out of date by now; anything else is a finding.
      const refused = error instanceof ZafraError && ['conflict', 'not_found'].includes(error.code)
      if (!refused) throw error
    })
  }
  const goOn = async () => {
    const { state } = (await engine.query({ type: 'overview' })).engine
    if (state === 'interrupted') execute({ type: 'resume_batch' })
    if (state === 'idle') execute({ type: 'start_batch', filter: {} })
  }
  const hear = (event: EngineEvent) => {
    if (event.type === 'snapshot' || event.type === 'batch') void goOn()
    if (event.type === 'task' && random() < INTERFERES) execute(interference(event.task.id, random))
  }
  return engine.subscribe(hear)
}

function interference(id: number, random: Random): Command {
  const ids = Array.from({ length: between(random, 1, 4) }, () => Math.max(id - between(random, 0, 8), 1))
  return random() < 0.5 ? { type: 'cancel', filter: { ids } } : { type: 'retry', filter: { ids } }
}
