import type { PrintedCode } from '../../subgraphs/evaluations/printing/printed-code.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { Door } from '../door.ts'
import { problemOfErrors, RestRefusal, refuse } from './problem.ts'

export type AskGraph = Door['execute']

const facts = `state url printedId place { subjectKind name departmentName hallName windowNumber staffNumber staffName }`

const oneDocument = `query StaticCodeToPrint($id: ID!) { staticCode(id: $id) { ${facts} } }`

const hallDocument = `query StaticCodesToPrint($hallId: ID!, $subjectKind: RatingSubjectKind!, $after: String) {
  staticCodes(filter: { hallId: $hallId, subjectKind: $subjectKind, state: ACTIVE }, first: 100, after: $after) {
    edges { node { ${facts} } } pageInfo { hasNextPage endCursor }
  }
}`

type Answer = {
  state: 'REQUESTED' | 'ACTIVE' | 'REFUSED' | 'RETIRED'
  url: string | null
  printedId: string
  place: {
    subjectKind: string
    name: string
    departmentName: string
    hallName: string | null
    windowNumber: string | null
    staffNumber: string | null
    staffName: string | null
  }
}

type Page = { edges: { node: Answer }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

/**
 * A code as it is printed. Throws a refusal for one that the viewer does not see, that is not granted yet, or out of use:
 * paper with it would lead nowhere.
 */
export async function printableCode(execute: AskGraph, viewer: Viewer, id: string): Promise<PrintedCode> {
  const code = await ask<Answer | null>(execute, viewer, oneDocument, { id })
  if (code?.state === 'RETIRED') throw refuse('CODE_RETIRED')
  const printed = code && printedOf(code)
  if (!printed) throw refuse('STATIC_CODE_UNKNOWN')
  return printed
}

/** Codes in use of a hall, its own before those of its staff, as far as the viewer sees them. */
export async function* codesOfHall(execute: AskGraph, viewer: Viewer, hallId: string): AsyncGenerator<PrintedCode> {
  for (const subjectKind of ['HALL', 'STAFF_MEMBER']) {
    for (let after: string | null = null, hasNext = true; hasNext; ) {
      const page: Page = await ask<Page>(execute, viewer, hallDocument, { hallId, subjectKind, after })
      for (const { node } of page.edges) {
        const printed = printedOf(node)
        if (printed) yield printed
      }
      hasNext = page.pageInfo.hasNextPage
      after = page.pageInfo.endCursor
    }
  }
}

function printedOf({ url, printedId, place }: Answer): PrintedCode | null {
  if (url === null) return null
  const { subjectKind, name, departmentName, hallName, windowNumber, staffNumber, staffName } = place
  if (subjectKind !== 'STAFF_MEMBER') return { url, printedId, place: name, staff: null }
  const staff = { name: staffName ?? '', number: staffNumber ?? '', windowNumber }
  return { url, printedId, place: hallName ?? departmentName, staff }
}

async function ask<Found>(
  execute: AskGraph,
  viewer: Viewer,
  text: string,
  variables: Record<string, unknown>,
): Promise<Found> {
  const { data, errors } = await execute({ text, variables, viewer })
  if (errors?.length || !data) throw new RestRefusal(problemOfErrors(errors ?? []))
  return Object.values(data)[0] as Found
}
