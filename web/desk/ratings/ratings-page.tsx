import type { TableColumnsType } from 'antd'
import { useMemo } from 'react'
import {
  DeskHallWindowsDocument,
  DeskRatingsDocument,
  type DeskRatingsQuery,
  type EvaluationLevel,
} from '../../kit/generated/operations.ts'
import { levels } from '../../kit/levels.ts'
import { useAnswer } from '../graph.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { LevelMark } from '../kit/marks.tsx'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { RatingDetails } from './rating-details.tsx'
import { ReviewState } from './review-state.tsx'
import { ratingsWording } from './wording.ts'

export type RatingRow = DeskRatingsQuery['evaluations']['edges'][number]['node']

const filterNames = ['negative', 'level', 'department', 'window']

/** All ratings in the scope (全部评价), latest first. */
export function RatingsPage({ hallId }: PageProps) {
  const words = useWords(ratingsWording)
  const kit = useWords(kitWording)
  const language = useLanguage()
  const list = useListAddress()
  const negative = list.filter('negative')
  const department = list.filter('department')
  const variables = {
    filter: {
      isNegative: negative === null ? null : negative === 'yes',
      level:
        levels.find(({ score }) => String(score) === list.filter('level'))?.level ?? (null as EvaluationLevel | null),
      hallId,
      departmentId: department,
      windowId: hallId ? list.filter('window') : null,
    },
    after: list.after,
  }
  const answer = useAnswer(DeskRatingsDocument, variables)
  const columns = useRatingColumns()
  const departments = useMemo(() => {
    const found = new Map<string, string>()
    for (const { node } of answer.data?.evaluations.edges ?? []) {
      if (node.department) found.set(node.department.id, node.department.name)
    }
    if (department && !found.has(department)) found.set(department, '…')
    return [...found].map(([value, label]) => ({ value, label }))
  }, [answer.data, department])

  return (
    <>
      <Filters list={list} names={filterNames}>
        <Choice
          list={list}
          name="negative"
          label={words.negative}
          options={[
            { value: 'yes', label: words.onlyNegative },
            { value: 'no', label: words.onlyOthers },
          ]}
        />
        <Choice
          list={list}
          name="level"
          label={words.level}
          options={levels.map(({ score, label }) => ({ value: String(score), label: `${score} ${label[language]}` }))}
        />
        <Choice list={list} name="department" label={words.department} options={departments} width={180} isSearchable />
        {hallId && <WindowChoice hallId={hallId} list={list} label={words.window} />}
      </Filters>
      <Ledger
        label={words.list}
        answer={answer}
        rows={answer.data?.evaluations}
        columns={columns}
        list={list}
        opens
        empty={filterNames.some(list.filter) || hallId ? kit.nothingFits : words.empty}
      />
      <RatingDetails id={list.openId} onClose={() => list.open(null)} />
    </>
  )
}

type WindowChoiceProps = { hallId: string; list: ReturnType<typeof useListAddress>; label: string }

function WindowChoice({ hallId, list, label }: WindowChoiceProps) {
  const { data } = useAnswer(DeskHallWindowsDocument, { hallId })
  const options = (data?.hall?.windows ?? []).map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }))
  return <Choice list={list} name="window" label={label} options={options} width={160} isSearchable />
}

/** Columns of a list of ratings; an unlinked one's page adds its own. */
export function useRatingColumns(): TableColumnsType<RatingRow> {
  const words = useWords(ratingsWording)
  const kit = useWords(kitWording)
  const language = useLanguage()
  return useMemo(
    () => [
      {
        key: 'level',
        title: words.level,
        width: 128,
        render: (_, { score, negativeReview }) => (
          <div className="two-lines">
            <LevelMark score={score} />
            {negativeReview && <ReviewState state={negativeReview.state} />}
          </div>
        ),
      },
      {
        key: 'words',
        title: words.words,
        render: (_, rating) => (
          <div className="rating-words">
            {rating.items.length > 0 && (
              <span>
                {rating.items
                  .map(item => (language === 'zh' ? item.text : item.textEnglish))
                  .join(language === 'zh' ? '、' : ', ')}
              </span>
            )}
            {rating.text && <span className="quiet">{rating.text}</span>}
            <span className="hints">
              {[
                rating.pictures.length > 0 && words.pictures(rating.pictures.length),
                rating.round === 2 && words.second,
                rating.isAboutRectification && words.aboutRectification,
                rating.isLinkedLater && words.linkedLater,
              ]
                .filter(hint => hint)
                .map(hint => (
                  <i key={String(hint)}>{hint}</i>
                ))}
            </span>
          </div>
        ),
      },
      {
        key: 'subject',
        title: words.subject,
        width: '18%',
        render: (_, { serviceCase, subjectKind, isAnonymous }) => (
          <div className="two-lines">
            <span>
              {serviceCase?.matter?.name ??
                (subjectKind === 'CASE' && isAnonymous ? words.withheld : kit.subject[subjectKind])}
            </span>
            {serviceCase && <span className="quiet">{serviceCase.caseNumber}</span>}
          </div>
        ),
      },
      {
        key: 'place',
        title: words.place,
        width: '20%',
        render: (_, { department, hall, window, staffMember }) => (
          <div className="two-lines">
            <span>{department?.name ?? '—'}</span>
            <span className="quiet">
              {[hall?.name, window && kit.window(window.number), staffMember?.staffNumber]
                .filter(part => part)
                .join(' · ')}
            </span>
          </div>
        ),
      },
      {
        key: 'channel',
        title: words.channel,
        width: 112,
        responsive: ['xl'],
        render: (_, { channel, identifiedBy }) => (
          <div className="two-lines">
            <span>{kit.channel[channel]}</span>
            {identifiedBy && <span className="quiet">{words.identification[identifiedBy]}</span>}
          </div>
        ),
      },
      {
        key: 'time',
        title: words.time,
        width: 146,
        render: (_, { evaluatedAt, isPublic, isAnonymous }) => (
          <div className="two-lines">
            <time dateTime={evaluatedAt}>{deskTime(evaluatedAt)}</time>
            <span className="quiet">
              {isPublic ? words.isPublic : words.isPrivate} · {isAnonymous ? words.anonymous : words.named}
            </span>
          </div>
        ),
      },
    ],
    [words, kit, language],
  )
}
