import { refusal } from '../../shared/error-catalogue.ts'
import type { HandedOverRow } from '../../shared/hand-over/handed-over-row.ts'
import { type HandedOverReading, readHandedOver } from '../../shared/hand-over/read-handed-over.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import type { EvaluationsContext } from '../context.ts'
import { contentHash } from '../domain/content-hash.ts'
import { type PlacedReading, wavesOf } from '../domain/hand-over-waves.ts'
import { judgeHandedOver } from '../domain/handed-over.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import type { RatedSubject } from '../domain/rated-subject.ts'
import {
  type EarlierHandOver,
  earlierHandOvers,
  type HandedOverService,
  servicesByNumber,
} from '../store/handed-over-rows.ts'
import type { KnownCase } from '../store/known-case.ts'
import type { Source } from './find-source.ts'
import { isDataFault, type Submission } from './keep-submissions.ts'

/** What became of one handed-over row (移交结果). */
export type HandedOverOutcome = {
  outcome: 'CREATED' | 'UNCHANGED' | 'REJECTED'
  /** Null when rejected, or when somebody else gave the same rating. */
  evaluationId: string | null
  problems: InputProblem[]
  warnings: InputProblem[]
}

export type HandOverParts = Pick<EvaluationsContext, 'database' | 'submissions' | 'now' | 'viewer'>

/**
 * Takes ratings of another platform (移交评价), each judged by itself and kept like any other: its own id and the key of the service decide,
 * whatever else rates that service in the same moment. An outcome a row, in their order.
 */
export async function takeHandedOver(
  rows: readonly HandedOverRow[],
  source: Source,
  parts: HandOverParts,
): Promise<HandedOverOutcome[]> {
  const read = rows.map(row => readHandedOver(row, source.mapping, parts.now()))
  const outcomes = read.map(({ problems, warnings }) => rejected(problems, warnings))
  const readable = read.flatMap(({ reading }, index) => (reading ? [{ index, reading }] : []))
  for (const wave of wavesOf(readable)) {
    const found = await findServices(wave, source, parts)
    await Promise.all(
      wave.map(async ({ index, reading }, place) => {
        const { service, earlier } = found[place]!
        const taken = await takeReading(reading, service, earlier, source, parts)
        outcomes[index] = { ...taken, warnings: [...read[index]!.warnings, ...taken.warnings] }
      }),
    )
  }
  return outcomes
}

type FoundService = { service: HandedOverService | null; earlier: EarlierHandOver | undefined }

function findServices(
  wave: readonly PlacedReading[],
  { sourceSystem }: Source,
  { database, viewer }: HandOverParts,
): Promise<FoundService[]> {
  const readings = wave.map(({ reading }) => reading)
  const ids = readings.map(({ sourceRatingId }) => sourceRatingId)
  return database.inScope(viewer.scope, async tx => {
    const services = await servicesByNumber(tx, readings)
    const earlier = await earlierHandOvers(tx, sourceSystem, ids)
    return services.map((service, place) => ({ service, earlier: earlier.get(ids[place]!) }))
  })
}

async function takeReading(
  reading: HandedOverReading,
  service: HandedOverService | null,
  earlier: EarlierHandOver | undefined,
  { sourceSystem, mapping }: Source,
  parts: HandOverParts,
): Promise<HandedOverOutcome> {
  if (!service) return rejected([catalogued('caseNumber', 'CASE_UNKNOWN', { caseNumber: reading.caseNumber })])
  const { serviceCase } = service
  const now = parts.now()
  const policy = policyOfCase(serviceCase.policyId, now)
  const judged = judgeHandedOver(reading, { ...service, mapping, policy, now })
  const { draft, itemEdition, warnings } = judged
  if (!draft) return rejected(judged.contentProblems, warnings)
  const hash = contentHash(draft)
  if (earlier) return answerAgain(earlier, { ...reading, subjectId: serviceCase.caseId, hash }, warnings)
  if (judged.caseProblems.length > 0) return rejected(judged.caseProblems, warnings)
  return keep(
    {
      subject: subjectOf(serviceCase, reading.serviceNumber),
      draft,
      itemEdition,
      rater: {
        identifiedBy: 'HANDED_OVER',
        relation: 'APPLICANT',
        citizenId: null,
        contactPhone: reading.evaluatorPhone,
        name: reading.evaluatorName,
      },
      pictures: [],
      givenAt: reading.evaluatedAt,
      isAboutRectification: false,
      handedOver: { sourceSystem, sourceRatingId: reading.sourceRatingId },
    },
    warnings,
    parts,
  )
}

/** The same id again: the same rating is answered, another one refused, and the first stands. */
function answerAgain(
  earlier: EarlierHandOver,
  {
    subjectId,
    serviceNumber,
    round,
    hash,
  }: Pick<HandedOverReading, 'serviceNumber' | 'round'> & { subjectId: string; hash: string },
  warnings: InputProblem[],
): HandedOverOutcome {
  const isSame =
    earlier.subjectId === subjectId &&
    earlier.serviceNumber === serviceNumber &&
    earlier.round === round &&
    earlier.contentHash === hash
  if (!isSame) return rejected([catalogued('sourceRatingId', 'ALREADY_EVALUATED')], warnings)
  return { outcome: 'UNCHANGED', evaluationId: earlier.evaluationId, problems: [], warnings }
}

async function keep(
  submission: Submission,
  warnings: InputProblem[],
  { submissions, database }: HandOverParts,
): Promise<HandedOverOutcome> {
  try {
    const kept = await submissions.add(submission)
    if (kept.outcome === 'KEPT') {
      return { outcome: 'CREATED', evaluationId: kept.evaluation.id, problems: [], warnings }
    }
    if (kept.outcome === 'REPEATED') return { outcome: 'UNCHANGED', evaluationId: null, problems: [], warnings }
    return rejected([catalogued('caseNumber', 'ALREADY_EVALUATED')], warnings)
  } catch (error) {
    if (!isDataFault(error)) throw error
    // Most likely another batch has just used the same id of the source for another service: the database had the last word.
    const { sourceSystem, sourceRatingId } = submission.handedOver!
    const scope = { reach: 'EVERYTHING', name: 'rating-code' } as const
    const earlier = await database.inScope(scope, tx => earlierHandOvers(tx, sourceSystem, [sourceRatingId]))
    const { subject, draft } = submission
    const said = { ...subject, ...draft, hash: contentHash(draft) }
    const holder = earlier.get(sourceRatingId)
    return holder ? answerAgain(holder, said, warnings) : rejected([notStored], warnings)
  }
}

function subjectOf(serviceCase: KnownCase, serviceNumber: number): RatedSubject {
  const { caseId, cityCode, policyId, matterId, isProbe, placement } = serviceCase
  const rated = { subjectKind: 'CASE', subjectId: caseId, caseId, serviceNumber } as const
  return { ...rated, cityCode, policyId, matterId, staticCodeId: null, terminalNumber: null, isProbe, placement }
}

function rejected(problems: InputProblem[], warnings: InputProblem[] = []): HandedOverOutcome {
  return { outcome: 'REJECTED', evaluationId: null, problems, warnings }
}

function catalogued(
  path: string,
  code: 'CASE_UNKNOWN' | 'ALREADY_EVALUATED',
  facts: Record<string, string> = {},
): InputProblem {
  const { message, messageEnglish } = refusal(code, facts)
  return inputProblem(path, code, message, messageEnglish)
}

const notStored = inputProblem(
  'sourceRatingId',
  'ROW_NOT_STORED',
  '数据库拒绝保存该行，请核对各字段；仍不成功请联系管理员',
  'the database refused this row: compare its fields, and tell the administrator if it stays so',
)
