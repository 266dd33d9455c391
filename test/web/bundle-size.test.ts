import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { buildPages } from '../../web/build.ts'
import { applicationNames } from '../../web/serving/built-pages.ts'

/** Gates on what a screen loads, bytes of script after gzip: an old phone on a poor line, a cheap tablet. */
const gates = { citizen: 12_000, kiosk: 30_000 } as const

it.each(Object.entries(gates))('the %s screen loads at most %i bytes of script', async (name, gate) => {
  const pages = await buildPages()
  const address = pages.files[name as keyof typeof gates].scriptAddress!
  const folder = join(pages.folder, 'client', name)
  const script = readFileSync(join(folder, address.replace('/assets/', '')))
  const size = gzipSync(script, { level: 9 }).length
  console.log(`${name}: ${size} bytes of script after gzip (gate ${gate})`)
  expect(readdirSync(folder).filter(file => file.endsWith('.js'))).toEqual([address.replace('/assets/', '')])
  expect(size).toBeLessThanOrEqual(gate)
})

it('no screen carries the development form of a library or a path of the machine that built it', async () => {
  const pages = await buildPages()
  for (const name of applicationNames) {
    const address = pages.files[name].scriptAddress
    if (!address) continue
    const script = readFileSync(join(pages.folder, 'client', name, address.replace('/assets/', '')), 'utf8')
    const found = [process.cwd(), 'jsxDEV', 'lineNumber', 'react-dom-client.development'].filter(mark =>
      script.includes(mark),
    )
    expect({ name, found }).toEqual({ name, found: [] })
  }
})

it('a second build of the same sources is the first one', async () => {
  const lines: string[] = []
  const first = await buildPages()
  const second = await buildPages({ log: line => lines.push(line) })
  expect(second.folder).toBe(first.folder)
  expect(lines).toEqual([])
})
