import { z } from 'zod'
import type { Combination } from '../../domain/codes.ts'

/** What many answers are made of. */

/** How many, how large, or which one. */
export const whole = z.int()

/** UTC: `2025-09-16 02:00:00`, with milliseconds in the tables that the schema document does not have. */
export const moment = z.string()

export const combinationShape = {
  scraper_name: z.string(),
  website: z.string(),
  city: z.string(),
  operation: z.string(),
  product: z.string(),
  variant: whole,
} satisfies Record<keyof Combination, z.ZodType>
