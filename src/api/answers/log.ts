import { z } from 'zod'
import type { OutputView, Views } from '../../domain/query.ts'
import type { LogLine } from '../../domain/logs.ts'
import { stream } from '../words.ts'
import { exactly } from './exactly.ts'
import { whole } from './words.ts'

/** What attempts leave behind: logs and outputs. */

const line = exactly<LogLine>()(
  z.strictObject({
    offset: whole,
    at: z.string(),
    stream,
    text: z.string(),
    continued: z.boolean(),
  }),
)

export const log = exactly<Views['log']>()(
  z.strictObject({
    attempt: whole,
    lines: z.array(line),
    next: whole,
    dropped: whole,
    end: z.boolean(),
    removed_at: z.string().exactOptional(),
  }),
)

export const logMatches = exactly<Views['log_matches']>()(
  z.strictObject({ attempt: whole, lines: z.array(whole), next: whole, end: z.boolean() }),
)

export const output = exactly<OutputView>()(
  z.strictObject({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    bytes: whole,
    path: z.string(),
    accepted: z.boolean(),
  }),
)
