import { z } from 'zod'
import {
  CURRENCIES,
  DIFF_KINDS,
  DIFF_OUTCOMES,
  type CombinationDiff,
  type DiffCounts,
  type DiffView,
} from '../../domain/diff.ts'
import { exactly } from './exactly.ts'
import { combinationShape, whole } from './words.ts'

const countsShape = {
  before: whole,
  after: whole,
  new: whole,
  gone: whole.nullable(),
  unseen: whole.nullable(),
  back: whole,
  up: whole,
  down: whole,
  currency: whole,
} satisfies Record<keyof DiffCounts, z.ZodType>

const combination = exactly<CombinationDiff>()(
  z.strictObject({
    ...combinationShape,
    ...countsShape,
    outcome: z.enum(DIFF_OUTCOMES),
    prices: z.enum(['lists', 'details']),
    note: z.string().nullable(),
  }),
)

const sight = z.strictObject({ batch: z.string(), at: z.string().nullable() })

const answer = z.strictObject({ status: whole, at: z.string(), batch: z.string() })

const listing = z.strictObject({
  ...combinationShape,
  kind: z.enum(DIFF_KINDS),
  id: z.string(),
  url: z.string(),
  title: z.string(),
  price_before: z.number().nullable(),
  price_after: z.number().nullable(),
  currency_before: z.enum(CURRENCIES).nullable(),
  currency_after: z.enum(CURRENCIES).nullable(),
  evidence: z
    .strictObject({ seen_by: sight, not_seen_by: z.array(sight), answer: answer.nullable() })
    .nullable(),
})

export const diff = exactly<DiffView>()(
  z.strictObject({
    from: z.string(),
    to: z.string(),
    only: z.strictObject({ from: z.string().nullable(), to: z.string().nullable() }),
    rows: z.strictObject({ from: whole, to: whole }),
    sum: z.strictObject(countsShape),
    total: whole,
    combinations: z.array(combination),
    urls: z.strictObject({
      added: whole,
      gone: whole,
      added_urls: z.array(z.string()),
      gone_urls: z.array(z.string()),
    }),
    sites: z.array(
      z.strictObject({
        website: z.string(),
        tasks: whole,
        before: z.number(),
        after: z.number(),
        slower: z.boolean(),
      }),
    ),
    listings: z.strictObject({ total: whole, listings: z.array(listing) }).nullable(),
  }),
)
