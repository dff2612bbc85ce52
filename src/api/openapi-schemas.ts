import { z } from 'zod'
import { counts, batch } from './answers/batch.ts'
import { finding } from './answers/check.ts'
import { changed, RESULTS } from './answers/command.ts'
import { errorGroup, refusal } from './answers/error.ts'
import { event } from './answers/event.ts'
import { VIEWS } from './answers/index.ts'
import { health } from './answers/health.ts'
import { attempt, runningTask, task } from './answers/task.ts'

type Json = Readonly<Record<string, unknown>>

/** What the answers have in common has a name of its own; the others are named by the query or command. */
const SHARED = {
  Task: task,
  Attempt: attempt,
  RunningTask: runningTask,
  Batch: batch,
  StatusCounts: counts,
  Finding: finding,
  ErrorGroup: errorGroup,
  Changed: changed,
  Overview: VIEWS.overview,
  Event: event,
  Error: refusal,
  Health: health,
}

const names = z.registry<{ id: string }>()
const named: readonly (readonly [string, z.ZodType])[] = [
  ...Object.entries(SHARED),
  ...Object.entries(VIEWS).map(([type, schema]) => [`${pascal(type)}View`, schema] as const),
  ...Object.entries(RESULTS).map(([type, schema]) => [`${pascal(type)}Result`, schema] as const),
]
for (const [id, schema] of named) if (!names.has(schema)) names.add(schema, { id })

/** @param schema one of those that an answer is described by */
export function refTo(schema: z.ZodType): Json {
  return { $ref: uri(names.get(schema)?.id ?? '') }
}

/** Every answer, by its name. */
export function answerSchemas(): Json {
  const { schemas } = z.toJSONSchema(names, { uri, override: ({ jsonSchema }) => loosen(jsonSchema) })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [name, schema]),
  )
}

/** What a request may hold. */
export function inputSchema(schema: z.ZodType) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' })
  return json
}

/** Clients are to bear it that a later version answers more. */
function loosen(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.additionalProperties === false) delete schema.additionalProperties
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}

function uri(id: string): string {
  return `#/components/schemas/${id}`
}

function pascal(type: string): string {
  return type.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
}
