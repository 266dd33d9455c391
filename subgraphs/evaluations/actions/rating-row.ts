import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import { maskPhone } from '../../shared/people/mask.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import { newId } from '../../shared/uuid.ts'
import { channelNumber } from '../domain/channel.ts'
import { isSuspectedPersonal } from '../domain/comment.ts'
import { contentHash } from '../domain/content-hash.ts'
import type { Rater, TakenOnPhone } from '../domain/rater.ts'
import { receiptHashes, receiptNumberOf } from '../domain/receipt-number.ts'
import { goodOrPoorNumber, type SubRatings } from '../domain/sub-ratings.ts'
import { instantInId } from '../domain/visibility.ts'
import type { KeptEvaluation } from '../store/evaluation-queries.ts'
import type { RatingRow } from '../store/rating-rows.ts'
import type { Submission } from './keep-submissions.ts'

/** The row of a rating that is committed now, with its id, its receipt's hash and the hash of its content; the contact's phone sealed. */
export function ratingRow(submission: Submission, now: Date, crypto: CryptoPort): RatingRow {
  const { subject, draft, itemEdition, pictures, givenAt, isAboutRectification, handedOver } = submission
  const id = newId(instantInId({ isAnonymous: draft.isAnonymous, evaluatedAt: now }).getTime())
  const { text, subRatings } = draft
  const texts = [text, subRatings?.environmentReason, subRatings?.attitudeReason]
  return {
    id,
    city_code: subject.cityCode,
    subject_id: subject.subjectId,
    case_id: subject.caseId,
    subject_kind: subject.subjectKind,
    ...(subject.staticCodeId !== null && { static_code_id: subject.staticCodeId }),
    ...(subject.terminalNumber !== null && { terminal_number: subject.terminalNumber }),
    service_number: subject.serviceNumber,
    round: draft.round,
    level: draft.level,
    channel: channelNumber(draft.channel),
    item_edition: itemEdition,
    items: draft.items,
    is_public: draft.isPublic,
    is_anonymous: draft.isAnonymous,
    evaluated_at: givenAt ?? now,
    committed_at: now,
    matter_id: subject.matterId,
    is_about_rectification: isAboutRectification,
    is_probe: subject.isProbe,
    ...(subRatings && subRatingColumns(subRatings)),
    ...(handedOver && { source_system: handedOver.sourceSystem, source_rating_id: handedOver.sourceRatingId }),
    ...placementColumns(subject.placement),
    content_hash: contentHash(
      draft,
      pictures.map(({ sha256 }) => sha256),
    ),
    receipt_key_id: crypto.receiptMac.current,
    receipt_hash: receiptHashes(receiptNumberOf(id, crypto.receiptMac), crypto.receiptMac)[0],
    ...raterColumns(submission.rater, crypto),
    body: text,
    is_suspected_personal: texts.some(each => each != null && isSuspectedPersonal(each)),
  }
}

function subRatingColumns(answers: SubRatings) {
  return {
    environment: goodOrPoorNumber(answers.environment),
    environment_reason: answers.environmentReason,
    attitude: goodOrPoorNumber(answers.attitude),
    attitude_reason: answers.attitudeReason,
    is_overcharged: answers.isOvercharged,
    is_intermediary_forced: answers.isIntermediaryForced,
  }
}

function raterColumns({ identifiedBy, relation, citizenId, contactPhone, onPhone, name }: Rater, crypto: CryptoPort) {
  const known = {
    identified_by: identifiedBy,
    relation,
    ...(citizenId !== null && { citizen_id: citizenId }),
    ...(onPhone && phoneColumns(onPhone, crypto)),
    ...(name != null && { contact_name_sealed: sealedName(name, crypto) }),
  }
  if (contactPhone === null) return known
  const sealed = crypto.seal('evaluations.evaluation_people.contact_phone_sealed', contactPhone)
  return {
    ...known,
    contact_phone_sealed: `\\x${sealed.toString('hex')}`,
    contact_phone_hash: crypto.lookupHash('PHONE', contactPhone),
    masked_contact_phone: maskPhone(contactPhone),
  }
}

function phoneColumns({ source, operator, contactName }: TakenOnPhone, crypto: CryptoPort) {
  return {
    phone_source: source,
    operator_id: operator.id,
    operator_name: operator.name,
    operator_contact: operator.contact,
    contact_name_sealed: sealedName(contactName, crypto),
  }
}

function sealedName(name: string, crypto: CryptoPort): string {
  return `\\x${crypto.seal('evaluations.evaluation_people.contact_name_sealed', name).toString('hex')}`
}

/** A rating as it was just written, in the form in which it would be read. */
export function evaluationOfRow(row: RatingRow): KeptEvaluation {
  return {
    id: row.id,
    caseId: row.case_id,
    serviceNumber: row.service_number,
    round: row.round,
    level: row.level,
    channel: row.channel,
    items: row.items,
    isPublic: row.is_public,
    isAnonymous: row.is_anonymous,
    evaluatedAt: row.evaluated_at,
    departmentId: row.department_id,
    hallId: row.hall_id,
    windowId: row.window_id,
    staffMemberId: row.staff_member_id,
    text: row.body,
    isTextSuspectedPersonal: row.is_suspected_personal,
    committedAt: row.committed_at,
    subjectKind: row.subject_kind,
    staticCodeId: row.static_code_id ?? null,
    terminalNumber: row.terminal_number ?? null,
    isAboutRectification: row.is_about_rectification,
    isProbe: row.is_probe,
    environment: row.environment ?? null,
    environmentReason: row.environment_reason ?? null,
    attitude: row.attitude ?? null,
    attitudeReason: row.attitude_reason ?? null,
    isOvercharged: row.is_overcharged ?? null,
    isIntermediaryForced: row.is_intermediary_forced ?? null,
  }
}
