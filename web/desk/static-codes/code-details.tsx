import { App, Button, Drawer, Skeleton } from 'antd'
import { useState } from 'react'
import { DeskRetireStaticCodeDocument, DeskStaticCodeDetailsDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Facts } from '../kit/marks.tsx'
import { ReasonForm } from '../kit/reason-form.tsx'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import type { CodeRights } from './code-rights.ts'
import { CodeState } from './code-state.tsx'
import { PrintForm } from './print-form.tsx'
import { ScanBars } from './scan-bars.tsx'
import { codesWording } from './wording.ts'

type CodeDetailsProps = { id: string | null; rights: CodeRights; onClose: () => void; onChange: () => void }

/** One static code: what it says, who asked for it, its scans; print and retire. */
export function CodeDetails({ id, rights, onClose, onChange }: CodeDetailsProps) {
  const words = useWords(codesWording)
  const kit = useWords(kitWording)
  const { message } = App.useApp()
  const [open, setOpen] = useState<'PRINT' | 'RETIRE' | null>(null)
  const answer = useAnswer(DeskStaticCodeDetailsDocument, { id: id ?? '' }, { isWanted: id !== null })
  const retire = useDeed(DeskRetireStaticCodeDocument)
  const code = answer.data?.staticCode?.id === id ? answer.data.staticCode : null

  const retired = async (reason: string) => {
    if (!(await retire.run({ input: { id: id!, reason } }))) return
    message.success(words.retireDone)
    setOpen(null)
    answer.again()
    onChange()
  }

  return (
    <Drawer open={id !== null} onClose={onClose} size={560} title={words.details} destroyOnHidden>
      {(answer.isLoading || answer.isOutdated) && <Skeleton active />}
      {code && (
        <div className="details">
          <div className="code-head">
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the hub from the address in the code, never a visitor's text */}
            {code.svg && <div className="code-drawing" dangerouslySetInnerHTML={{ __html: code.svg }} />}
            <div>
              <p className="printed-id">{code.printedId}</p>
              <CodeState state={code.state} />
              {code.state === 'ACTIVE' && (
                <p className="actions">
                  <Button type="primary" onClick={() => setOpen('PRINT')}>
                    {words.print}
                  </Button>
                  {rights.applies && (
                    <Button danger onClick={() => setOpen('RETIRE')}>
                      {words.retire}
                    </Button>
                  )}
                </p>
              )}
            </div>
          </div>
          <h2>{words.scans}</h2>
          <ScanBars scans={code.scans} />
          {code.isScanDropSuspected && (
            <p>
              <span className="alarm-word">{words.scanDrop}</span> {words.scanDropHint}
            </p>
          )}
          <h2>{words.whose}</h2>
          <Facts
            facts={[
              [words.subject, kit.subject[code.subjectKind]],
              [words.staffNumber, code.staffMember?.staffNumber],
              [words.name, code.staffMember?.name],
              [words.hall, code.hall?.name],
              [words.department, code.department?.name],
              [words.ratings, code.evaluationCount],
              [words.address, code.url],
            ]}
          />
          <h2>{words.requested}</h2>
          <Facts
            facts={[
              [words.requested, `${code.requestedBy} ${deskTime(code.requestedAt)}`],
              [words.reason, code.requestReason],
              [words.decided, code.decidedAt && `${code.decidedBy} ${deskTime(code.decidedAt)}`],
              [words.opinion, code.decisionReason],
              [words.retired, code.retiredAt && deskTime(code.retiredAt)],
              [words.retireReason, code.retireReason],
            ]}
          />
          <PrintForm
            isOpen={open === 'PRINT'}
            title={`${words.print} ${code.printedId}`}
            address={`/v1/static-codes/${code.id}/print`}
            fileName={code.printedId}
            formats={['pdf', 'png', 'svg']}
            onClose={() => setOpen(null)}
          />
          <ReasonForm
            isOpen={open === 'RETIRE'}
            title={words.retireTitle(code.printedId)}
            hint={words.retireHint}
            label={words.retireWhy}
            action={words.retire}
            problem={retire.problem}
            isBusy={retire.isBusy}
            onClose={() => {
              retire.forget()
              setOpen(null)
            }}
            onReason={retired}
          />
        </div>
      )}
    </Drawer>
  )
}
