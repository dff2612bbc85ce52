import type { z } from 'zod'

/**
 * `schema`, as long as it is of `T` and of nothing else: a field that is more, fewer, optional or of another type on one
 * of the sides does not compile. Whether it is read-only is not told apart: JSON knows nothing of it.
 */
export function exactly<T>() {
  return <Schema extends z.ZodType>(
    schema: Schema & (Same<Plain<z.output<Schema>>, Plain<T>> extends true ? unknown : never),
  ): Schema => schema
}

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false

/** Every field there, so that each side must have all those of the other, with whether it may be left out. */
type Plain<T> = T extends readonly (infer Each)[]
  ? Plain<Each>[]
  : T extends object
    ? { -readonly [Key in keyof T]-?: [Plain<T[Key]>, object extends Pick<T, Key> ? 'optional' : 'there'] }
    : T
