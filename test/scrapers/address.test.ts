import { expect, test } from 'vitest'
import { isPublic, publicLookup } from '../../scrapers/kit/address.ts'

test.for([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['224.0.0.1', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::7f00:1', false],
] as const)('%s is public: %s', ([address, expected]) => {
  expect(isPublic(address)).toBe(expected)
})

test.for([{ all: true }, { all: false }])(
  'a name for this machine resolves to nothing (%j)',
  async (options) => {
    const error = await new Promise((resolve) => publicLookup('localhost', options, resolve))
    expect(error).toMatchObject({ class: 'config', message: expect.stringContaining('private address') })
  },
)
