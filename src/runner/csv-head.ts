const DELIMITERS = [',', ';', '\t', '|'] as const

/**
 * The first records of a CSV, at most `limit`, as RFC 4180 says; its delimiter is the one that its first line has most
 * of. What comes after the last line break is left out unless `whole`: it may be half a record.
 */
export function csvHead(text: string, limit: number, whole: boolean): string[][] {
  const delimiter = delimiterOf(text)
  const records: string[][] = []
  let record: string[] = []
  let cell = ''
  let quoted = false
  const endRecord = () => {
    record.push(cell)
    if (record.length > 1 || cell !== '') records.push(record)
    record = []
    cell = ''
  }
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length && records.length < limit; at++) {
    const character = text.charAt(at)
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') cell += text.charAt(at++)
      else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === delimiter) {
      record.push(cell)
      cell = ''
    } else if (character === '\n') endRecord()
    else if (character !== '\r' || text[at + 1] !== '\n') cell += character
  }
  if (whole && !quoted && records.length < limit) endRecord()
  return records
}

function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1)
  const count = (delimiter: string) => header.split(delimiter).length
  return DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best))
}
