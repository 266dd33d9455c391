import type { ExecutionResult } from 'graphql'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import type { TypedDocumentString } from '../kit/generated/operations.ts'
import type { BuiltPages } from './built-pages.ts'

/** The whole graph inside this process, as the door offers it to the pages. */
export type ExecuteInGraph = (request: {
  text: string
  variables: Record<string, unknown>
  viewer: Viewer
}) => Promise<ExecutionResult>

/** What every route of the pages needs. */
export type PagesContext = {
  execute: ExecuteInGraph
  pages: BuiltPages
  /** Address in links, without a slash at the end. */
  publicUrl: string
  isDemo: boolean
}

/** Cookies are marked for HTTPS alone where the pages are reached that way. */
export function isSecure(context: PagesContext): boolean {
  return context.publicUrl.startsWith('https:')
}

/**
 * Asks the graph on behalf of nobody in particular: citizens are anonymous.
 * Null when it cannot answer now; part of an answer is an answer.
 */
export async function askAnonymously<TResult, TVariables>(
  context: PagesContext,
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
): Promise<TResult | null> {
  try {
    const result = await context.execute({
      text: document.toString(),
      variables: variables as Record<string, unknown>,
      viewer: anonymousViewer,
    })
    return (result.data as TResult | null | undefined) ?? null
  } catch {
    return null
  }
}
