import { parseArgs } from 'node:util'
import { kill, type Findings } from './kills.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
})
const begin = performance.now()
const findings = await kill(Number(values.kills), Number(values.seed), (count) => {
  if (count % 50 === 0) console.log(`${count} kills, ${seconds()} s`)
})
report(findings)

function report({ takeovers, differences, ran, outputs, survivors, ...counts }: Findings): void {
  const sorted = takeovers.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
  console.log(
    `${counts.kills} kills (seed ${values.seed}) in ${seconds()} s: ${counts.acknowledged} writes acknowledged, ` +
      `${counts.attempts} attempts started`,
  )
  console.log(`start to end of recovery: median ${at(0.5)} ms, 99 % ${at(0.99)} ms, most ${at(1)} ms`)
  const wrong = { differences, ran, outputs, survivors }
  for (const [what, found] of Object.entries(wrong)) console.log(`${what}: ${found.length}`)
  for (const each of Object.values(wrong).flat().slice(0, 50)) console.log(`  ${each}`)
  if (Object.values(wrong).flat().length > 0) process.exitCode = 1
}

function seconds(): string {
  return ((performance.now() - begin) / 1000).toFixed(1)
}
