import { z } from 'zod'
import { FINDING_CODES, VERDICTS, type Doubt, type Finding, type OutputFacts } from '../../domain/check.ts'
import type { OutputCounts } from '../../domain/check.ts'
import type { SuspectsView } from '../../domain/suspect.ts'
import { LIST_STOPS } from '../../domain/list-report.ts'
import { ASKED, NUMBER_ROLES, TEXT_ROLES, type Profile } from '../../domain/profile.ts'
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

const common = z.number()

const profile = exactly<Profile>()(
  z.strictObject({
    numbers: z.partialRecord(z.enum(NUMBER_ROLES), z.strictObject({ median: z.number(), common })),
    texts: z.partialRecord(z.enum(TEXT_ROLES), z.strictObject({ word: z.string(), common })),
    dollars: z.number().nullable(),
    place: z.strictObject({ latitude: z.number(), longitude: z.number(), km: z.number(), common }).nullable(),
    contradicts: z.partialRecord(z.enum(ASKED), z.number()),
    overlap: z.number().nullable(),
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
    profile: profile.nullable(),
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
