import { CountCodeScanDocument } from '../kit/generated/operations.ts'
import { askAnonymously, type PagesContext } from '../serving/pages-context.ts'

/** Counts a scan of a static code (扫码计数) when a person's page or its first form tells; what a preview opens counts nothing. */
export async function countScan(context: PagesContext, token: string, form: URLSearchParams): Promise<void> {
  if (form.has('unseen')) await askAnonymously(context, CountCodeScanDocument, { token })
}
