import type { ComponentChild } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { OwnCasesPage, type OwnCasesPageProps } from '../citizen/own-cases-page.tsx'
import { PressureTakenPage, type PressureTakenPageProps } from '../citizen/pressure-taken-page.tsx'
import { RatingPage, type RatingPageProps } from '../citizen/rating-page.tsx'
import { ReceiptEntryPage, type ReceiptEntryPageProps } from '../citizen/receipt-entry-page.tsx'
import { ReceiptPage, type ReceiptPageProps } from '../citizen/receipt-page.tsx'
import { RefusalPage, type RefusalPageProps } from '../citizen/refusal-page.tsx'
import { SecondRatingPage, type SecondRatingPageProps } from '../citizen/second-rating-page.tsx'
import { SmsProofPage, type SmsProofPageProps } from '../citizen/sms-proof-page.tsx'
import { StaticCodePage, type StaticCodePageProps } from '../citizen/static-code-page.tsx'
import { AppendPage, type AppendPageProps } from '../me/append-page.tsx'
import { DemoSignInPage, type DemoSignInPageProps } from '../me/demo-sign-in-page.tsx'
import { EntrancePage, type EntrancePageProps } from '../me/entrance-page.tsx'
import { LeavingPage, type LeavingPageProps } from '../me/leaving-page.tsx'
import { ListPage, type ListPageProps } from '../me/list-page.tsx'
import { OutboxPage, type OutboxPageProps } from '../outbox/outbox-page.tsx'
import { ScreenPage, type ScreenPageProps } from '../start/screen-page.tsx'
import { StartPage, type StartPageProps } from '../start/start-page.tsx'
import { TakeHomePage, type TakeHomePageProps } from '../terminal/take-home-page.tsx'
import { TerminalEndPage, type TerminalEndPageProps } from '../terminal/terminal-end-page.tsx'
import { TerminalPage, type TerminalPageProps } from '../terminal/terminal-page.tsx'

/*
 * Entry of the server build: Node cannot import .tsx (decision 28), so pages reach it as plain functions from properties to HTML text.
 */

const html = (page: ComponentChild) => `<!doctype html>${renderToString(page as never)}`

export const renderRatingPage = (props: RatingPageProps) => html(<RatingPage {...props} />)
export const renderRefusalPage = (props: RefusalPageProps) => html(<RefusalPage {...props} />)
export const renderReceiptPage = (props: ReceiptPageProps) => html(<ReceiptPage {...props} />)
export const renderReceiptEntryPage = (props: ReceiptEntryPageProps) => html(<ReceiptEntryPage {...props} />)
export const renderStaticCodePage = (props: StaticCodePageProps) => html(<StaticCodePage {...props} />)
export const renderOwnCasesPage = (props: OwnCasesPageProps) => html(<OwnCasesPage {...props} />)
export const renderSmsProofPage = (props: SmsProofPageProps) => html(<SmsProofPage {...props} />)
export const renderSecondRatingPage = (props: SecondRatingPageProps) => html(<SecondRatingPage {...props} />)
export const renderPressureTakenPage = (props: PressureTakenPageProps) => html(<PressureTakenPage {...props} />)
export const renderTerminalPage = (props: TerminalPageProps) => html(<TerminalPage {...props} />)
export const renderTerminalEndPage = (props: TerminalEndPageProps) => html(<TerminalEndPage {...props} />)
export const renderTakeHomePage = (props: TakeHomePageProps) => html(<TakeHomePage {...props} />)
export const renderOutboxPage = (props: OutboxPageProps) => html(<OutboxPage {...props} />)
export const renderStartPage = (props: StartPageProps) => html(<StartPage {...props} />)
export const renderScreenPage = (props: ScreenPageProps) => html(<ScreenPage {...props} />)
export const renderEntrancePage = (props: EntrancePageProps) => html(<EntrancePage {...props} />)
export const renderLeavingPage = (props: LeavingPageProps) => html(<LeavingPage {...props} />)
export const renderDemoSignInPage = (props: DemoSignInPageProps) => html(<DemoSignInPage {...props} />)
export const renderListPage = (props: ListPageProps) => html(<ListPage {...props} />)
export const renderAppendPage = (props: AppendPageProps) => html(<AppendPage {...props} />)
