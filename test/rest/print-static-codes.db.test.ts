import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'graphql'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RestOptions } from '../../router/rest/rest-routes.ts'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import {
  granted,
  openStaticCodeScene,
  request,
  retire,
  type StaticCodeScene,
} from '../evaluations/static-code-scene.ts'
import { readQr } from '../kit/read-qr.ts'
import { accountViewer, clientKey, smallDirectory, smallDirectoryPassword } from '../kit/small-directory.ts'
import { expectDocumented } from './documented-schema.ts'
import { openRestScene, type RestScene } from './rest-scene.ts'

const { halls, staff } = smallDirectory
const city = accountViewer('city')
const run = promisify(execFile)
const hasPoppler = await run('pdftoppm', ['-v']).then(
  () => true,
  () => false,
)
if (!hasPoppler) console.warn('skipped: PDF pages are not drawn, pdftoppm is not installed')

type Code = { id: string; url: string; printedId: string }
let scene: StaticCodeScene
let rest: RestScene
let hallCode: Code
let clerkCode: Code
/** The graph, as far as it is asked here: one subgraph. */
let execute: RestOptions['execute']
let supervisor: string
beforeAll(async () => {
  scene = await openStaticCodeScene()
  // Sessions end by the router's clock, which is the machine's.
  scene.clock.now = new Date()
  execute = ({ text, variables, viewer }) => scene.evaluations().execute({ document: parse(text!), variables, viewer })
  rest = await openRestScene({ cases: scene.cases(), execute: asked => execute(asked) })
  clerkCode = await granted(scene, city, 'STAFF_MEMBER', staff.socialSecurityA)
  hallCode = await granted(scene, city, 'HALL', halls.hallA)
  await granted(scene, accountViewer('cityB'), 'HALL', halls.hallB)
  const { signIn } = await scene.askCases(
    anonymousViewer,
    'mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess { token } } }',
    { input: { name: 'supervisor', password: smallDirectoryPassword } },
  )
  supervisor = signIn.token
})
afterAll(async () => {
  await rest.stop()
  await scene.stop()
})

const key = clientKey('windowSystem')
const print = (code: Pick<Code, 'id'>, query = '', credential: string | undefined = key) =>
  rest.get(`/v1/static-codes/${code.id}/print${query}`, credential)
const printHall = (hallId: string, query = '', credential: string | undefined = key) =>
  rest.get(`/v1/halls/${hallId}/static-codes/print${query}`, credential)
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
async function problemOf(response: Response) {
  const problem = await response.json()
  expectDocumented('Problem', problem)
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  return `${response.status} ${problem.code}`
}

/** The pages of a PDF as poppler draws them. */
async function drawn(pdf: Buffer): Promise<Buffer[]> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-print-'))
  try {
    await writeFile(join(directory, 'sheets.pdf'), pdf)
    await run('pdftoppm', ['-r', '110', '-png', join(directory, 'sheets.pdf'), join(directory, 'page')])
    const pages = (await readdir(directory)).filter(name => name.endsWith('.png')).sort()
    return await Promise.all(pages.map(page => readFile(join(directory, page))))
  } finally {
    await rm(directory, { recursive: true })
  }
}

test.each(['poster', 'poster&paper=a4', 'stand', 'sticker'])(
  '%s leads to the code’s address as PNG and as SVG',
  async form => {
    const read = { jsqr: clerkCode.url, zxing: clerkCode.url }
    const png = await print(clerkCode, `?form=${form}&format=png`)
    expect([png.status, png.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(await readQr(await bytesOf(png))).toEqual(read)
    const svg = await print(clerkCode, `?form=${form}&format=svg`, supervisor)
    expect([svg.status, svg.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
    expect(
      await readQr(
        await sharp(await bytesOf(svg))
          .resize({ width: 1000 })
          .png()
          .toBuffer(),
      ),
    ).toEqual(read)
  },
)

test('a code is a PDF unless another format is asked for, and no cache keeps it', async () => {
  const response = await print(hallCode, '', supervisor)
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${hallCode.printedId}.pdf"`,
    'cache-control': 'no-store',
  })
  const pdf = await bytesOf(response)
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  if (!hasPoppler) return
  const pages = await drawn(pdf)
  expect(await Promise.all(pages.map(readQr))).toEqual([{ jsqr: hallCode.url, zxing: hallCode.url }])
})

test.runIf(hasPoppler)(
  'a hall comes as one PDF: its own codes, then those of its staff in use, and of no other hall',
  async () => {
    await request(scene, accountViewer('supervisor'), { subjectKind: 'STAFF_MEMBER', subjectIds: [staff.policeA] })
    const response = await printHall(halls.hallA, '?form=stand', supervisor)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const pages = await drawn(await bytesOf(response))
    const read = await Promise.all(pages.map(readQr))
    expect(read.map(({ zxing }) => zxing)).toEqual([hallCode.url, clerkCode.url])
  },
)

test.runIf(hasPoppler)('more codes than a page of the graph are printed, each once', async () => {
  const codes = Array.from({ length: 103 }, (_, index) => ({ url: `http://hall.example.cn/r/${index}`, index }))
  const graph = execute
  execute = async ({ variables }) => {
    const from = variables!.after === null ? 0 : Number(variables!.after)
    const page = variables!.subjectKind === 'HALL' ? codes.slice(from, from + 100) : []
    const edges = page.map(({ url, index }) => {
      const place = {
        subjectKind: 'HALL',
        name: `第${index}号入口`,
        departmentName: '局',
        hallName: '厅',
        windowNumber: null,
        staffNumber: null,
        staffName: null,
      }
      return { node: { state: 'ACTIVE', url, printedId: '41-0000-0000', place } }
    })
    return { data: { staticCodes: { edges, pageInfo: { hasNextPage: page.length === 100, endCursor: '100' } } } }
  }
  const pdf = await bytesOf(await printHall(halls.hallA, '?form=sticker'))
  execute = graph
  // Six stickers a sheet.
  expect(pdf.toString('latin1').match(/\/Type \/Page\n/g)).toHaveLength(Math.ceil(103 / 6))
})

test('what is not seen, granted or in use is not printed', async () => {
  const pending = (
    await request(scene, accountViewer('supervisor'), { subjectKind: 'HALL', subjectIds: [halls.hallA] })
  ).staticCodes[0]
  const retired = await granted(scene, city, 'HALL', halls.hallA)
  await retire(scene, city, { id: retired.id, reason: '破损' })
  expect(await problemOf(await print(pending))).toBe('404 STATIC_CODE_UNKNOWN')
  expect(await problemOf(await print(retired))).toBe('410 CODE_RETIRED')
  for (const id of [newId(), 'x', '%27']) expect(await problemOf(await print({ id }))).toBe('404 STATIC_CODE_UNKNOWN')
  expect(await problemOf(await print(hallCode, '', clientKey('windowSystemB')))).toBe('404 STATIC_CODE_UNKNOWN')
  for (const hallId of [halls.hallB, halls.stationA, newId(), 'x']) {
    expect(await problemOf(await printHall(hallId, '', supervisor))).toBe('404 STATIC_CODE_UNKNOWN')
  }
})

test('nobody prints without a key, a citizen not at all', async () => {
  const citizen: Viewer = {
    ...anonymousViewer,
    kind: 'CITIZEN',
    role: 'CITIZEN',
    scope: { reach: 'CASES', caseIds: [] },
  }
  const asCitizen = await openRestScene({ cases: scene.cases(), execute, authenticate: async () => citizen })
  for (const path of [`/v1/static-codes/${hallCode.id}/print`, `/v1/halls/${halls.hallA}/static-codes/print`]) {
    expect(await problemOf(await rest.get(path))).toBe('401 UNAUTHENTICATED')
    expect(await problemOf(await rest.get(path, 'hub_k_wrong'))).toBe('401 UNAUTHENTICATED')
    expect(await problemOf(await asCitizen.get(path, 'hub_z_any'))).toBe('403 NOT_PERMITTED')
  }
  await asCitizen.stop()
})

test('an unknown form, format or resolution is refused with what is accepted', async () => {
  for (const query of ['form=flag', 'format=tiff', 'paper=b5', 'format=png&dpi=71', 'format=png&dpi=301', 'dpi=x']) {
    expect(await problemOf(await print(hallCode, `?${query}`))).toBe('400 PARAMETER_REFUSED')
  }
  expect(await problemOf(await printHall(halls.hallA, '?form=flag'))).toBe('400 PARAMETER_REFUSED')
})

test('while the graph cannot answer, the refusal says so instead of an empty file', async () => {
  const graph = execute
  execute = async () => ({ data: null, errors: [graphError('SUBGRAPH_UNAVAILABLE')] })
  const answers = [await problemOf(await print(hallCode)), await problemOf(await printHall(halls.hallA))]
  execute = graph
  expect(answers).toEqual(Array(2).fill('503 SUBGRAPH_UNAVAILABLE'))
})
