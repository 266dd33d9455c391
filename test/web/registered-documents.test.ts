import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { buildSchema, type DocumentNode, parse, validate, visit } from 'graphql'
import { expect, it } from 'vitest'

const schema = buildSchema(readFileSync(new URL('../../router/public.graphql', import.meta.url), 'utf8'))
const file = new URL('../../web/kit/generated/registered-documents.json', import.meta.url)
const documents = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)

it('the committed documents are those of the screens', () => {
  const output = execFileSync(process.execPath, [new URL('../../web/codegen.ts', import.meta.url).pathname, '--check'])
  expect(output.toString()).toBe('')
})

it.each(documents)('%s is named by its own hash and holds on the public graph', (id, text) => {
  expect(id).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
  expect(validate(schema, parse(text))).toEqual([])
})

it('the wall asks for no name of a person, no applicant, no case number, no text', () => {
  const ofTheWall = documents.map(([, text]) => parse(text)).filter(asksForReviews)
  expect(ofTheWall).toHaveLength(4)
  for (const document of ofTheWall) {
    visit(document, {
      Field(node) {
        expect(['applicant', 'caseNumber', 'text', 'evaluation', 'queueNumber']).not.toContain(node.name.value)
        if (node.name.value !== 'staffMember') return
        expect(
          node.selectionSet!.selections.map(field => (field.kind === 'Field' ? field.name.value : field.kind)),
        ).toEqual(['staffNumber'])
      },
    })
  }
})

function asksForReviews(document: DocumentNode): boolean {
  return document.definitions.some(
    definition => definition.kind === 'FragmentDefinition' && definition.name.value === 'WallReview',
  )
}
