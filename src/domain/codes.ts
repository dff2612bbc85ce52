/**
 * The four codes of a task: site (`website` in the database), city, operation, product.
 * They become folder and file names, so nothing but this alphabet ever gets in (source: faults.md, Security).
 */
export const CODE = /^[A-Za-z0-9_-]{1,64}$/

export const CODE_KINDS = ['website', 'city', 'operation', 'product'] as const
export type CodeKind = (typeof CODE_KINDS)[number]

/** The code list: per kind, name as written by a person → code. */
export type CodeList = Record<CodeKind, Readonly<Record<string, string>>>

/** What people call the codes of a task; a code that has no name stands for itself. */
export type CodeNames = Readonly<Record<CodeKind, string>>

/** What a task is about, apart from its batch: the unique key of the schema document plus our `variant`. */
export interface Combination {
  scraper_name: string
  website: string
  city: string
  operation: string
  product: string
  /** 1 for the first URL of a combination, 2, 3, … for further ones. */
  variant: number
}

/** Its fields, in the order of the key. */
export const COMBINATION = [
  'scraper_name',
  'website',
  'city',
  'operation',
  'product',
  'variant',
] as const satisfies readonly (keyof Combination)[]
