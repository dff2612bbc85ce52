import { z } from 'zod'
import type { CheckConfig } from '../domain/check.ts'
import { flag, number, settings, text, whole } from './values.ts'

const share = number(0, 1)

/** Least and most, in pesos. */
const range = z
  .tuple([number(0, Infinity), number(0, Infinity)], { error: 'a least and a most, such as [500, 2000000]' })
  .refine(([least, most]) => least <= most, { error: 'a least that is not above the most' })

const thresholds = {
  enabled: flag,
  rows_low: share,
  rows_failed: share,
  rows_high: number(1, Infinity),
  expected: share,
  bad_rows: share,
  bad_rows_failed: share,
  quarantine_rows: whole(0),
  duplicates: share,
  coverage_drop: share,
  coverage: z.record(text, share, { error: 'a map from columns to shares' }),
  out_of_range: share,
  price_sale: range,
  price_rent: range,
  outside_mexico: share,
  mojibake: share,
  others: share,
  radius: number(1, Infinity),
  far: share,
  overlap: share,
  changed: share,
  level: number(1, Infinity),
  currency: share,
  same: share,
  dates: share,
  repeats: share,
  fast: share,
  slow: number(1, Infinity),
}

/** When an output is suspect and when it fails. */
export const checks = settings(thresholds)

/** What a site has otherwise. YAML knows no `undefined`, whatever zod thinks may be there. */
export const siteChecks = checks.partial().transform((given) => given as Partial<CheckConfig>)

/** What holds where nothing else is said, written as in zafra.yaml. */
export const CHECK_DEFAULTS: z.input<typeof checks> = {
  enabled: true,
  rows_low: 0.6,
  rows_failed: 0.1,
  rows_high: 3,
  expected: 0.8,
  bad_rows: 0.02,
  bad_rows_failed: 0.5,
  quarantine_rows: 10_000,
  duplicates: 0.1,
  coverage_drop: 0.3,
  coverage: { url: 0.95, precio: 0.5 },
  out_of_range: 0.1,
  price_sale: [50_000, 1_000_000_000],
  price_rent: [500, 2_000_000],
  outside_mexico: 0.05,
  mojibake: 0.01,
  others: 0.4,
  radius: 60,
  far: 0.3,
  overlap: 0.1,
  changed: 0.5,
  level: 2.5,
  currency: 0.4,
  same: 0.6,
  dates: 0.05,
  repeats: 0.03,
  fast: 0.1,
  slow: 5,
}
