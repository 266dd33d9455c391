import type { ComponentChild } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { RatingPage, type RatingPageProps } from '../citizen/rating-page.tsx'
import { ReceiptEntryPage, type ReceiptEntryPageProps } from '../citizen/receipt-entry-page.tsx'
import { ReceiptPage, type ReceiptPageProps } from '../citizen/receipt-page.tsx'
import { RefusalPage, type RefusalPageProps } from '../citizen/refusal-page.tsx'
import { ScreenPage, type ScreenPageProps } from '../start/screen-page.tsx'
import { StartPage, type StartPageProps } from '../start/start-page.tsx'

/*
 * Entry of the server build: Node cannot import .tsx (decision 28), so pages reach it as plain functions from properties to HTML text.
 */

const html = (page: ComponentChild) => `<!doctype html>${renderToString(page as never)}`

export const renderRatingPage = (props: RatingPageProps) => html(<RatingPage {...props} />)
export const renderRefusalPage = (props: RefusalPageProps) => html(<RefusalPage {...props} />)
export const renderReceiptPage = (props: ReceiptPageProps) => html(<ReceiptPage {...props} />)
export const renderReceiptEntryPage = (props: ReceiptEntryPageProps) => html(<ReceiptEntryPage {...props} />)
export const renderStartPage = (props: StartPageProps) => html(<StartPage {...props} />)
export const renderScreenPage = (props: ScreenPageProps) => html(<ScreenPage {...props} />)
