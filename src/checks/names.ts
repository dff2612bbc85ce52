import type { CodeKind } from '../domain/codes.ts'
import type { Asked } from '../domain/profile.ts'

/** Every name that the code lists have for a code; `others` of all other codes of that kind. */
export type NamesOf = (kind: CodeKind, code: string) => Promise<{ own: string[]; others: string[] }>

/** What a combination is called. */
export interface Names {
  own: Readonly<Record<Asked, readonly string[]>>
  otherCities: readonly string[]
  /** As a person knows it; a code that has no name stands for itself. */
  label: Readonly<Record<Asked, string>>
}

export const nobodyKnows: NamesOf = () => Promise.resolve({ own: [], others: [] })

export async function namesOf(task: Readonly<Record<Asked, string>>, list: NamesOf): Promise<Names> {
  const [city, operation, product] = await Promise.all([
    list('city', task.city),
    list('operation', task.operation),
    list('product', task.product),
  ])
  return {
    own: { city: city.own, operation: operation.own, product: product.own },
    otherCities: city.others,
    label: {
      city: city.own[0] ?? task.city,
      operation: operation.own[0] ?? task.operation,
      product: product.own[0] ?? task.product,
    },
  }
}
