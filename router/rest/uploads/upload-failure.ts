import { type Problem, type ProblemExtras, RestRefusal, refuse } from '../problem.ts'
import { HandOverFault } from './hand-over.ts'
import { isOutage } from './patience.ts'
import { rejectedRowsOf, type UploadStanding } from './upload-counts.ts'

/** An upload that ended before its file did (上传中断): what is there stays, and the problem says how to go on. */
export class UploadFailure extends Error {
  readonly standing: UploadStanding
  readonly problem: Problem

  constructor(counted: UploadStanding, cause: unknown, path: string) {
    const standing: UploadStanding = { ...counted, state: 'FAILED' }
    const problem = problemOfFailure(standing, cause, path)
    super(problem.detailEnglish, { cause })
    this.standing = standing
    this.problem = problem
  }
}

function problemOfFailure(standing: UploadStanding, cause: unknown, path: string): Problem {
  const upload = { ...standing, rejectedRows: rejectedRowsOf(standing, path) }
  const extras: ProblemExtras =
    cause instanceof HandOverFault ? { upload, resumeFromLine: cause.line } : { upload, resumeFromLine: null }
  const why = cause instanceof HandOverFault ? cause.cause : cause
  if (why instanceof RestRefusal && !isOutage(why)) return { ...why.problem, ...extras }
  if (cause instanceof HandOverFault) return refuse('UPLOAD_INTERRUPTED', { line: cause.line }, extras).problem
  return refuse('SUBGRAPH_UNAVAILABLE', {}, extras).problem
}
