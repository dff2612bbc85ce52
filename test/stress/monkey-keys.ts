import type { Random } from '../../src/domain/clock.ts'
import { between, pick } from '../../src/demo/chance.ts'

/** `y` says yes to a cancel and `q` leaves: the one is never given, the other only at the end. */
const PLAIN = Array.from('jkgGhlfowenNrRcpPubBdzvVtTsSaAiImxXCED1234567?*/!~: <>.0#', String) as [
  string,
  ...string[],
]
const SPECIAL: [string, ...string[]] = [
  '\r',
  '\t',
  '\u001b[Z',
  ' ',
  '\u007f',
  '\u0004',
  '\u0015',
  '\u000c',
  '\u001a',
  '\u0017',
  '\u0001',
  '\u0005',
  '\u001b[A',
  '\u001b[B',
  '\u001b[C',
  '\u001b[D',
  '\u001b[5~',
  '\u001b[6~',
  '\u001b[H',
  '\u001b[F',
  '\u001bOP',
]
const WORDS: [string, ...string[]] = [
  '/status:failed\r',
  '/rows:<10 inm\r',
  ':theme light\r',
  ':tasks\r',
  '2G',
  'jjjjjjjj',
  '1\t\r',
  'vjjj ',
  '*c',
  'R',
]
const GARBAGE = Array.from('\u0000\u0007\u001b[]?;0123mHñ再👩‍🚀\u0301\u200f\u2028\ud800', String) as [
  string,
  ...string[],
]

/** What a hand that knows nothing presses next, in one piece. */
export function anyKeys(random: Random): string {
  const chance = random()
  if (chance < 0.55) return pick(random, PLAIN)
  if (chance < 0.8) return pick(random, SPECIAL)
  if (chance < 0.88) return '\u001b'
  if (chance < 0.96) return pick(random, WORDS)
  return `\u001b[200~${garbage(random)}\u001b[201~`
}

function garbage(random: Random): string {
  return Array.from({ length: between(random, 1, 200) }, () => pick(random, GARBAGE)).join('')
}

export function anySize(random: Random): [columns: number, rows: number] {
  return random() < 0.1
    ? [between(random, 2, 59), between(random, 2, 14)]
    : [between(random, 60, 210), between(random, 15, 60)]
}
