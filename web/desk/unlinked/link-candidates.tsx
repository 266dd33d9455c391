import { App, Button, Empty, Skeleton } from 'antd'
import { useState } from 'react'
import { DeskLinkCandidatesDocument, DeskLinkEvaluationDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { ReasonForm } from '../kit/reason-form.tsx'
import { kitWording } from '../kit/wording.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { unlinkedWording } from './wording.ts'

/** Cases that an unlinked rating may belong to (补关联候选), with what speaks for each. */
export function LinkCandidates({ evaluationId, onTied }: { evaluationId: string; onTied: () => void }) {
  const words = useWords(unlinkedWording)
  const kit = useWords(kitWording)
  const language = useLanguage()
  const { message } = App.useApp()
  const { data, isLoading } = useAnswer(DeskLinkCandidatesDocument, { evaluationId })
  const [chosen, setChosen] = useState<{ id: string; caseNumber: string } | null>(null)
  const link = useDeed(DeskLinkEvaluationDocument)
  const candidates = (data?.linkCandidates ?? []).filter(({ serviceCase }) => serviceCase)

  const tie = async (reason: string) => {
    if (!(await link.run({ input: { evaluationId, caseId: chosen!.id, reason } }))) return
    message.success(words.done)
    setChosen(null)
    onTied()
  }

  return (
    <section className="candidates">
      <h2>{words.candidates}</h2>
      {isLoading && <Skeleton active />}
      {data && candidates.length === 0 && <Empty image={null} description={words.noCandidates} />}
      {candidates.length > 0 && <p className="quiet">{words.candidatesHint}</p>}
      <ol>
        {candidates.map(({ serviceCase, score, reasons, reasonsEnglish }) => (
          <li key={serviceCase!.id} className="candidate">
            <span className="likelihood" title={words.score}>
              {score}
            </span>
            <div>
              <b>{serviceCase!.matter?.name}</b>
              <p className="quiet">
                {[
                  serviceCase!.caseNumber,
                  serviceCase!.applicant?.maskedName,
                  serviceCase!.window && kit.window(serviceCase!.window.number),
                  serviceCase!.staffMember?.staffNumber,
                  serviceCase!.closedAt && `${deskTime(serviceCase!.closedAt)} ${words.closed}`,
                ]
                  .filter(part => part)
                  .join(' · ')}
              </p>
              <ul className="tags">
                {(language === 'zh' ? reasons : reasonsEnglish).map(reason => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </div>
            <Button size="small" onClick={() => setChosen(serviceCase!)}>
              {words.tie}
            </Button>
          </li>
        ))}
      </ol>
      <ReasonForm
        isOpen={chosen !== null}
        title={words.tieTitle(chosen?.caseNumber ?? '')}
        hint={words.tieHint}
        label={words.reason}
        action={words.tie}
        problem={link.problem}
        isBusy={link.isBusy}
        onClose={() => {
          link.forget()
          setChosen(null)
        }}
        onReason={tie}
      />
    </section>
  )
}
