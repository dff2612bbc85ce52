import { z } from 'zod'
import type { EngineEvent } from '../../domain/event.ts'
import { batch } from './batch.ts'
import { exactly } from './exactly.ts'
import { overview } from './overview.ts'
import { runningTask, task } from './task.ts'
import { whole } from './words.ts'

const seq = whole

/** What stands in the data of a server-sent event. Whether the connection is lost is known only to the client. */
export const event = exactly<Exclude<EngineEvent, { type: 'connection' }>>()(
  z.discriminatedUnion('type', [
    z.strictObject({ seq, type: z.literal('snapshot'), overview }),
    z.strictObject({ seq, type: z.literal('task'), task }),
    z.strictObject({ seq, type: z.literal('tasks'), batch_id: z.string() }),
    z.strictObject({ seq, type: z.literal('progress'), running: runningTask }),
    z.strictObject({ seq, type: z.literal('batch'), batch }),
    z.strictObject({ seq, type: z.literal('engine') }),
  ]),
)
