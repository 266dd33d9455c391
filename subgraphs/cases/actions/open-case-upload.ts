import { graphError } from '../../shared/graph-error.ts'
import { newId } from '../../shared/uuid.ts'
import { mayReportCases } from '../domain/reporting-right.ts'
import { insertUpload } from '../store/case-uploads.ts'
import type { ReportingParts } from './report-cases.ts'

/** Opens a bulk upload (批量上传) and answers its id. @throws NOT_PERMITTED to whoever may not report cases */
export async function openCaseUpload(
  { database, now, viewer }: Pick<ReportingParts, 'database' | 'now' | 'viewer'>,
  format: string,
): Promise<string> {
  const { scope } = viewer
  if (!mayReportCases(viewer) || scope.reach !== 'REGION') throw graphError('NOT_PERMITTED')
  const upload = { id: newId(), uploaderId: viewer.id, regionPath: scope.regionPath, format, startedAt: now() }
  await database.inScope(scope, tx => insertUpload(tx, upload))
  return upload.id
}
