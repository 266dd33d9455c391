import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPages } from '../../web/build.ts'

type File = { name: string; text: string; kilobytes: number }

describe('the files of the desk', () => {
  let scripts: File[]
  beforeAll(async () => {
    const folder = join((await buildPages()).folder, 'client', 'desk')
    const names = (await readdir(folder)).filter(name => name.endsWith('.js'))
    scripts = await Promise.all(
      names.map(async name => {
        const bytes = await readFile(join(folder, name))
        return { name, text: bytes.toString(), kilobytes: gzipSync(bytes).length / 1000 }
      }),
    )
    for (const { name, kilobytes } of scripts.sort((a, b) => b.kilobytes - a.kilobytes)) {
      console.log(`${kilobytes.toFixed(1).padStart(7)} kB gz  ${name}`)
    }
  })
  const named = (part: string) => scripts.filter(({ name }) => name.startsWith(`desk-${part}-`))

  it('keep Ant Design and React apart from our own, so that a new version of a page is a small download', () => {
    const [antd, react] = ['antd', 'react'].map(part => named(part))
    expect([antd!.length, react!.length]).toEqual([1, 1])
    const own = scripts.filter(file => file !== antd![0] && file !== react![0])
    const sum = own.reduce((total, { kilobytes }) => total + kilobytes, 0)
    expect(sum).toBeLessThan(antd![0]!.kilobytes)
  })

  it.each(['ratings', 'static-codes', 'devices', 'unlinked', 'messages', 'pressure', 'mandates', 'home'])(
    'load the page %s when it is opened, not before',
    page => {
      expect(named(`${page}-page`)).toHaveLength(1)
    },
  )
})
