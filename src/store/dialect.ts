import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely'

/** What SQLite and PostgreSQL say differently. */

/** Whether `text` holds `piece`, letter case ignored. No character of `piece` is a wildcard. */
export function contains(text: Expression<string | null>, piece: string): RawBuilder<SqlBool> {
  // LIKE knows the case of ASCII letters alone ("página" is not "PÁGINA" to it); GLOB takes a set per letter.
  const letters = Array.from(piece, (letter) => {
    const cases = [letter.toLowerCase(), letter.toUpperCase()].filter((each) => each.length === letter.length)
    return '*?['.includes(letter) || new Set(cases).size > 1 ? `[${letter}${cases.join('')}]` : letter
  })
  return sql<SqlBool>`${text} GLOB ${`*${letters.join('')}*`}`
}

/** Minutes between two TIMESTAMP columns. */
export function minutesBetween(
  from: Expression<string | null>,
  to: Expression<string | null>,
): RawBuilder<number> {
  return sql<number>`(julianday(${to}) - julianday(${from})) * 24 * 60`
}

/** A field of a JSON object; null where the object is null or has no such field. True is 1, false is 0. */
export function jsonField(
  column: Expression<string | null>,
  name: string,
): RawBuilder<number | string | null> {
  return sql<number | string | null>`${column} ->> ${sql.lit(`$.${name}`)}`
}

/** Whether `column` is one of `values`, however many there are. */
export function isOneOf(
  column: Expression<number | string | null>,
  values: readonly (number | string)[],
): RawBuilder<SqlBool> {
  return sql<SqlBool>`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`
}

/** One row of `columns` per element of `rows`, in a single parameter: for `INSERT … SELECT`. */
export function rowsOf<Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): RawBuilder<Row> {
  const fields = columns.map((column) => sql`value ->> ${sql.lit(`$.${column}`)}`)
  return sql<Row>`SELECT ${sql.join(fields)} FROM json_each(${JSON.stringify(rows)})`
}
