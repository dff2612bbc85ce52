import type { Query, Views } from '../../domain/query.ts'
import { batchInView } from '../overview.ts'
import type { ViewParts } from '../views.ts'

export async function errorsView(
  { reads, failures }: ViewParts,
  { batch_id, offset, limit }: Extract<Query, { type: 'errors' }>,
): Promise<Views['errors']> {
  const batch = await batchInView(reads, batch_id)
  const groups = batch ? (await failures.of(batch.batch_id)).groups() : []
  return { total: groups.length, groups: groups.slice(offset, offset + limit) }
}
