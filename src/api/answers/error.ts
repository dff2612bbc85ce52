import { z } from 'zod'
import type { ErrorCode } from '../../domain/error.ts'
import type { ErrorGroup } from '../../domain/error-group.ts'
import type { Views } from '../../domain/query.ts'
import { HTTP_STATUS } from '../status.ts'
import { exactly } from './exactly.ts'
import { errorClass } from './task.ts'
import { moment, whole } from './words.ts'

const CODES = Object.keys(HTTP_STATUS) as ErrorCode[]

/** What is answered instead, where a request is refused. */
export const refusal = z.strictObject({
  error: z.strictObject({ code: z.enum(CODES), message: z.string() }),
})

export const errorGroup = exactly<ErrorGroup>()(
  z.strictObject({
    key: z.string(),
    error_class: errorClass,
    message: z.string(),
    attempts: whole,
    tasks: whole,
    lost: whole,
    recovered: whole,
    sites: z.array(z.string()),
    first_at: moment,
    last_at: moment,
    last_task_id: whole,
    last_attempt: whole,
  }),
)

export const errors = exactly<Views['errors']>()(
  z.strictObject({ total: whole, groups: z.array(errorGroup), position: whole.nullable() }),
)
