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

/** Whoever holds a receipt number (回执编号): a viewer who sees his own case; nobody for an unknown number. */
export type HolderOfReceipt = (receiptNumber: string) => Promise<Viewer>

/** What every route of the pages needs. */
export type PagesContext = {
  execute: ExecuteInGraph
  holderOf: HolderOfReceipt
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
export function askAnonymously<TResult, TVariables>(
  context: PagesContext,
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
): Promise<TResult | null> {
  return askAs(async () => anonymousViewer, context, document, variables)
}

/** Asks the graph as whoever holds the receipt that is asked for. Null when it cannot answer now. */
export function askAsHolder<TResult>(
  context: PagesContext,
  document: TypedDocumentString<TResult, { receiptNumber: string }>,
  receiptNumber: string,
): Promise<TResult | null> {
  return askAs(() => context.holderOf(receiptNumber), context, document, { receiptNumber })
}

async function askAs<TResult, TVariables>(
  viewer: () => Promise<Viewer>,
  context: PagesContext,
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
): Promise<TResult | null> {
  try {
    const result = await context.execute({
      text: document.toString(),
      variables: variables as Record<string, unknown>,
      viewer: await viewer(),
    })
    return (result.data as TResult | null | undefined) ?? null
  } catch {
    return null
  }
}
