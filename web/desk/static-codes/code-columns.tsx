import { type TableColumnsType, Tooltip } from 'antd'
import { useMemo } from 'react'
import type { DeskStaticCodeFragment } from '../../kit/generated/operations.ts'
import { deskTime } from '../kit/desk-time.ts'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { CodeState } from './code-state.tsx'
import { ScanBars } from './scan-bars.tsx'
import { codesWording } from './wording.ts'

/** Columns of the ledger of static codes. */
export function useCodeColumns(): TableColumnsType<DeskStaticCodeFragment> {
  const words = useWords(codesWording)
  const kit = useWords(kitWording)
  return useMemo(
    () => [
      {
        key: 'id',
        title: words.printedId,
        width: 150,
        render: (_, { printedId, state }) => (
          <div className="two-lines">
            <span className="printed-id">{printedId}</span>
            <CodeState state={state} />
          </div>
        ),
      },
      {
        key: 'whose',
        title: words.whose,
        render: (_, { subjectKind, staffMember, hall }) => (
          <div className="two-lines">
            <span>
              {staffMember
                ? [staffMember.staffNumber, staffMember.name].filter(part => part).join(' ')
                : (hall?.name ?? kit.subject[subjectKind])}
            </span>
            <span className="quiet">{staffMember ? hall?.name : kit.subject[subjectKind]}</span>
          </div>
        ),
      },
      {
        key: 'department',
        title: words.department,
        responsive: ['xl'],
        render: (_, { department }) => department?.name,
      },
      {
        key: 'scans',
        title: words.scans,
        width: 200,
        render: (_, { state, scans, isScanDropSuspected }) =>
          state === 'REQUESTED' || state === 'REFUSED' ? null : (
            <div className="two-lines">
              <ScanBars scans={scans} />
              {isScanDropSuspected && (
                <Tooltip title={words.scanDropHint} trigger={['hover', 'focus']}>
                  <button type="button" className="clock alarm-word">
                    {words.scanDrop}
                  </button>
                </Tooltip>
              )}
            </div>
          ),
      },
      {
        key: 'ratings',
        title: words.ratings,
        width: 84,
        align: 'right',
        render: (_, { evaluationCount }) => evaluationCount,
      },
      {
        key: 'requested',
        title: words.requested,
        width: 156,
        render: (_, { requestedAt, requestedBy }) => (
          <div className="two-lines">
            <time dateTime={requestedAt}>{deskTime(requestedAt)}</time>
            <span className="quiet">{requestedBy}</span>
          </div>
        ),
      },
    ],
    [words, kit],
  )
}
