import { z } from 'zod'
import { FINDING_CODES, VERDICTS, type Doubt, type Finding, type OutputFacts } from '../../domain/check.ts'
import type { OutputCounts, SuspectsView } from '../../domain/check.ts'
import { LIST_STOPS } from '../../domain/list-report.ts'
import type { Views } from '../../domain/query.ts'
import { exactly } from './exactly.ts'
import { combinationShape, moment, whole } from './words.ts'

export const verdict = z.enum(VERDICTS)

export const finding = exactly<Finding>()(
  z.strictObject({
    code: z.enum(FINDING_CODES),
    verdict,
    message: z.string(),
    numbers: z.record(z.string(), z.number()),
  }),
)

export const facts = exactly<OutputFacts>()(
  z.strictObject({
    rows: whole,
    quarantined: whole,
    duplicates: whole,
    complete: z.boolean().nullable(),
    expected: z.number().nullable(),
    stopped_by: z.enum(LIST_STOPS).nullable(),
    cap: whole.nullable(),
    cards: whole.nullable(),
    repeats: whole.nullable(),
    unseen: whole.nullable(),
    redirected_to: z.string().nullable(),
    unpriced: whole.nullable(),
    coverage: z.record(z.string(), z.number()),
    seconds: z.number().nullable(),
  }),
)

export const doubt = exactly<Doubt>()(
  z.strictObject({
    ...combinationShape,
    task_id: whole,
    attempt: whole,
    verdict,
    findings: z.array(finding),
    accepted_at: moment.nullable(),
    mended: z.boolean(),
  }),
)

export const outputs = exactly<OutputCounts>()(
  z.strictObject({ suspect: whole, accepted: whole, failed: whole, incomplete: whole }),
)

export const suspects = exactly<SuspectsView>()(
  z.strictObject({
    outputs: whole,
    rows: whole,
    sites: z.array(z.strictObject({ site: z.string(), outputs: whole })),
    findings: z.array(
      z.strictObject({
        code: z.enum(FINDING_CODES),
        outputs: whole,
        sites: z.array(z.string()),
        message: z.string(),
        task_id: whole,
      }),
    ),
    first: z.array(whole),
  }),
)

export const checks = exactly<Views['checks']>()(
  z.strictObject({
    batch_id: z.string(),
    counts: z.strictObject({
      completed: whole,
      suspect: whole,
      accepted: whole,
      failed: whole,
      mended: whole,
    }),
    total: whole,
    doubts: z.array(doubt),
  }),
)
