import type { ExecutionResult } from 'graphql'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import type { TypedDocumentString } from '../kit/generated/operations.ts'
import type { BuiltPages } from './built-pages.ts'
import type { CitizenSignIn } from './citizen-sign-in.ts'
import { readCookie } from './cookies.ts'
import type { DemoOutbox } from './demo-outbox.ts'

/** The whole graph inside this process, as the door offers it to the pages. */
export type ExecuteInGraph = (request: {
  text: string
  variables: Record<string, unknown>
  viewer: Viewer
}) => Promise<ExecutionResult>

/** Whoever holds a receipt number (回执编号): a viewer who sees his own case; nobody for an unknown number. */
export type HolderOfReceipt = (receiptNumber: string) => Promise<Viewer>

/** Who is signed in by a session token (会话令牌); nobody for a token that is no longer good. */
export type HolderOfSession = (token: string) => Promise<Viewer>

/** A picture that waits for its rating (待提交图片), or what is wrong with it and what is accepted. */
export type KeptPicture =
  | { id: string; width: number; height: number }
  | { fault: { code: string; zh: string; en: string } }

/** Keeps an uploaded picture for the rating that this code will bring. Null when it cannot be kept now. */
export type KeepPicture = (token: string, bytes: Buffer) => Promise<KeptPicture | null>

/** What every route of the pages needs. */
export type PagesContext = {
  execute: ExecuteInGraph
  holderOf: HolderOfReceipt
  sessionOf: HolderOfSession
  keepPicture: KeepPicture
  /** Where messages stay that would go to phones (演示发件箱); null where they really go out. */
  demoOutbox: DemoOutbox | null
  /** How citizens sign in; null where no identity provider is configured. */
  signIn: CitizenSignIn | null
  pages: BuiltPages
  /** Address in links, without a slash at the end. */
  publicUrl: string
  isDemo: boolean
  /** Origins of other sites that may frame a terminal's page. */
  allowedOrigins: readonly string[]
}

/** Cookies are marked for HTTPS alone where the pages are reached that way. */
export function isSecure(context: PagesContext): boolean {
  return context.publicUrl.startsWith('https:')
}

/** Cookie with the session token of a signed-in citizen (实名登录会话). */
export const sessionCookie = 'hub_me'

/** Who sends this request: the signed-in citizen, or nobody. */
export async function viewerOf(context: PagesContext, cookieHeader: string | undefined): Promise<Viewer> {
  const token = readCookie(cookieHeader, sessionCookie)
  return token ? context.sessionOf(token).catch(() => anonymousViewer) : anonymousViewer
}

/** Asks the graph as this viewer. Null when it cannot answer now; part of an answer is an answer. */
export function askAsViewer<TResult, TVariables>(
  context: PagesContext,
  viewer: Viewer,
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
): Promise<TResult | null> {
  return askAs(async () => viewer, context, document, variables)
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
