import { z } from 'zod'
import { whole } from './words.ts'

/** What a look whether the engine is there is answered. */
export const health = z.strictObject({ status: z.literal('ok'), version: z.string(), pid: whole })
export type Health = z.output<typeof health>
