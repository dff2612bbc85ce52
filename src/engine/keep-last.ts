/** Puts it last, as what was asked for last, and lets go of the first where there are more than `most`. */
export function keepLast<Value>(kept: Map<string, Value>, key: string, value: Value, most: number): void {
  kept.delete(key)
  kept.set(key, value)
  const [oldest] = kept.keys()
  if (oldest !== undefined && kept.size > most) kept.delete(oldest)
}
