import { expect, test } from 'vitest'
import { monkey } from '../stress/monkey.ts'

test(
  'random keys and resizes during a batch that fails here and there do no harm',
  { timeout: 120_000 },
  async () => {
    const seed = Math.floor(Math.random() * 1_000_000)
    const { wrong, crashes, ...told } = await monkey(120, seed)
    // All of it in one look: on failure the seed and what was wrong are there.
    expect({ ...told, wrong: wrong.join('\n'), crashes: crashes.join('\n') }).toMatchObject({
      seed,
      wrong: '',
      crashes: '',
      cancelled: 0,
      restored: true,
    })
  },
)
