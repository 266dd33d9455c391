import type { Client } from 'pg'

const readWrite = 'select, insert, update, delete'

/**
 * What the application role may do, table by table; whatever is not named here it may only read.
 * Ratings are insert-only (decision 5): state is rows beside them, so that nobody with this login can alter or delete one.
 */
const privileges: Record<string, string> = {
  'cases.outbox': 'select, insert, update',
  'evaluations.outbox': 'select, insert, update',
  'workflow.outbox': 'select, insert, update',
  'exchange.outbox': 'select, insert, update',
  'cases.outbox_head': 'select, update',
  'evaluations.outbox_head': 'select, update',
  'workflow.outbox_head': 'select, update',
  'exchange.outbox_head': 'select, update',
  'cases.inbox': readWrite,
  'evaluations.inbox': readWrite,
  'workflow.inbox': readWrite,
  'exchange.inbox': readWrite,
  'cases.inbox_parked': readWrite,
  'evaluations.inbox_parked': readWrite,
  'workflow.inbox_parked': readWrite,
  'exchange.inbox_parked': readWrite,
  'cases.regions': 'select, insert, update',
  'cases.lines': 'select, insert, update',
  'cases.departments': 'select, insert, update',
  'cases.halls': 'select, insert, update',
  'cases.windows': 'select, insert, update',
  'cases.staff_members': 'select, insert, update',
  'cases.service_matters': 'select, insert, update',
  'cases.accounts': 'select, insert, update',
  'cases.sessions': readWrite,
  'cases.api_clients': 'select, insert, update',
  'cases.devices': 'select, insert, update',
  'cases.device_records': 'select, insert',
  'cases.citizens': 'select, insert, update',
  'cases.citizen_sessions': readWrite,
  'cases.agent_mandates': 'select, insert, update',
  'cases.static_code_coverage': 'select, insert, update',
  'cases.calendar_years': 'select, insert',
  'cases.calendar_days': 'select, insert',
  'cases.case_keys': 'select, insert, update',
  'cases.service_cases': 'select, insert, update',
  'cases.case_applicants': readWrite,
  'cases.case_uploads': 'select, insert, update',
  'cases.case_upload_rejections': readWrite,
  'evaluations.rateable_cases': 'select, insert, update',
  'evaluations.case_codes': 'select, insert',
  'evaluations.code_points': 'select, insert',
  'evaluations.evaluation_keys': 'select, insert',
  'evaluations.evaluations': 'select, insert',
  'evaluations.evaluation_texts': 'select, insert, delete',
  'evaluations.evaluation_people': 'select, insert, delete',
  'evaluations.evaluation_receipts': 'select, insert',
  'evaluations.static_codes': 'select, insert, update',
  'evaluations.code_scans': 'select, insert, update',
  'evaluations.evaluation_links': 'select, insert',
  'evaluations.evaluation_supplements': 'select, insert, delete',
  'evaluations.uploaded_pictures': readWrite,
  'evaluations.evaluation_pictures': 'select, insert, delete',
  'evaluations.device_signing_keys': 'select, insert, update',
  'evaluations.device_entries': 'select, insert',
  'evaluations.device_gaps': 'select, insert, update',
  'evaluations.prompt_duties': 'select, insert',
  'evaluations.manual_wakes': 'select, insert',
  'evaluations.sms_invitations': 'select, insert, update',
  'evaluations.default_limits': 'select, insert',
  'evaluations.default_dues': readWrite,
  'evaluations.default_evaluations': 'select, insert',
  'workflow.negative_reviews': 'select, insert, update',
  'workflow.deadlines': 'select, insert, update',
  'workflow.waiting_clocks': 'select, insert, delete',
  'workflow.pressure_reports': 'select, insert',
  'exchange.links': 'select, insert, update',
  'exchange.case_origins': 'select, insert',
  'exchange.messages': 'select, insert, update',
  'exchange.inbound_messages': 'select, insert',
  'exchange.sms_opt_outs': readWrite,
}

/** Gives the application role exactly these rights; run by the owner after every migration. */
export async function grantPrivileges(owner: Client, applicationRole: string): Promise<void> {
  const role = owner.escapeIdentifier(applicationRole)
  const statements = ['cases', 'evaluations', 'workflow', 'exchange', 'scope'].flatMap(schema => [
    `grant usage on schema ${schema} to ${role}`,
    `revoke all on all tables in schema ${schema} from ${role}`,
    `grant select on all tables in schema ${schema} to ${role}`,
    `grant usage on all sequences in schema ${schema} to ${role}`,
  ])
  for (const [table, rights] of Object.entries(privileges)) statements.push(`grant ${rights} on ${table} to ${role}`)
  await owner.query(statements.join(';'))
}
