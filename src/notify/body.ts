import { basename } from 'node:path'
import { safeJson } from '../domain/safe.ts'
import type { Sending } from './sending.ts'
import { textOf, titleOf } from './text.ts'

/** A notice as JSON: `{delivery, workspace, title, text, event, at, …}`; what a terminal would act on is escaped. */
export function bodyOf({ delivery, workspace }: Pick<Sending, 'delivery' | 'workspace'>): string {
  const { id, notice } = delivery
  return safeJson({
    delivery: id,
    workspace: basename(workspace),
    title: titleOf(notice),
    text: textOf(notice),
    ...notice,
  })
}
