import { Alert, Input, Skeleton } from 'antd'
import { type DeskFigureSetFragment, DeskRatingFiguresDocument } from '../../kit/generated/operations.ts'
import { levelLabel } from '../../kit/levels.ts'
import { useAnswer } from '../graph.ts'
import { Filters } from '../kit/filters.tsx'
import type { ListAddress } from '../kit/list-address.ts'
import { kitWording } from '../kit/wording.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { FigureTable } from './figure-table.tsx'
import { integrityWording } from './wording.ts'

const shanghaiDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
const dayMilliseconds = 86_400_000
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** Raw and cleaned figures side by side for a period (原始与清洗后数据), thirty days unless told otherwise, with their formulas. */
export function FiguresCard({ list, hallId }: { list: ListAddress; hallId: string | null }) {
  const words = useWords(integrityWording)
  const kit = useWords(kitWording)
  const language = useLanguage()
  const to = list.filter('to') ?? shanghaiDay.format(Date.now())
  const from = list.filter('from') ?? shanghaiDay.format(Date.now() - 29 * dayMilliseconds)
  const isPeriod = isDay(from) && isDay(to)
  const { data, isLoading, fault } = useAnswer(
    DeskRatingFiguresDocument,
    { filter: { from, to, hallId, regionCode: null, departmentId: null, windowId: null, staffMemberId: null } },
    { isWanted: isPeriod },
  )
  const figures = fault === 'REFUSED' ? null : data?.ratingFigures
  const day = (name: 'from' | 'to', value: string) => (
    <span className="day">
      <label htmlFor={`figures-${name}`}>{words[name]}</label>
      <Input
        key={value}
        id={`figures-${name}`}
        type="date"
        defaultValue={value}
        onChange={({ target }) => isDay(target.value) && list.narrow({ [name]: target.value }, { replaces: true })}
      />
    </span>
  )
  return (
    <>
      <Filters list={list} names={['from', 'to']}>
        {day('from', from)}
        {day('to', to)}
      </Filters>
      {isLoading && <Skeleton active />}
      {(fault === 'REFUSED' || !isPeriod) && (
        <Alert type="info" title={words.noFigures} description={words.periodHint} />
      )}
      {figures && (
        <article className="figures">
          <p className="quiet">
            {[
              `${words.suspected} ${words.ratingsUnit(figures.suspectedCount)}`,
              `${words.invalidCount} ${words.ratingsUnit(figures.invalidCount)}`,
              figures.defaultCount === null ? null : `${words.defaults} ${words.ratingsUnit(figures.defaultCount)}`,
            ]
              .filter(part => part)
              .join(' · ')}
          </p>
          <FigureTable title={words.whole} rows={wholeRows(words, figures.raw, figures.cleaned)} />
          <FigureTable
            title={words.byLevel}
            rows={figures.raw.levels.map(({ score, count, percent }, index) => {
              const clean = figures.cleaned.levels[index]!
              return {
                name: `${score} ${levelLabel(score, language)}`,
                raw: [count, percent],
                cleaned: [clean.count, clean.percent],
              }
            })}
          />
          <FigureTable
            title={words.byInitiative}
            rows={figures.raw.initiatives.map(({ initiative, total, positivePercent }, index) => {
              const clean = figures.cleaned.initiatives[index]!
              const cleaned = [clean.total, clean.positivePercent] as const
              return { name: words.initiative[initiative], raw: [total, positivePercent], cleaned }
            })}
          />
          <FigureTable
            title={words.byChannel}
            rows={figures.raw.channels.map(({ channel, total, positivePercent }) => {
              const clean = figures.cleaned.channels.find(each => each.channel === channel)
              const cleaned = [clean?.total ?? 0, clean?.positivePercent ?? null] as const
              return { name: kit.channel[channel], raw: [total, positivePercent], cleaned }
            })}
          />
          <section>
            <h2>{words.rules}</h2>
            <ol className="rules">
              {figures.rules.map(({ text, textEnglish }) => (
                <li key={text}>{language === 'zh' ? text : textEnglish}</li>
              ))}
            </ol>
          </section>
        </article>
      )}
    </>
  )
}

function wholeRows(words: (typeof integrityWording)['zh'], raw: DeskFigureSetFragment, cleaned: DeskFigureSetFragment) {
  return [
    { name: words.total, raw: [raw.total], cleaned: [cleaned.total] },
    { name: words.negatives, raw: [raw.negativeCount], cleaned: [cleaned.negativeCount] },
    { name: words.mean, raw: [null, null, raw.meanScore], cleaned: [null, null, cleaned.meanScore] },
    { name: words.positive, raw: [null, raw.positivePercent], cleaned: [null, cleaned.positivePercent] },
    {
      name: words.positiveWithoutBasic,
      raw: [null, raw.positivePercentWithoutBasic],
      cleaned: [null, cleaned.positivePercentWithoutBasic],
    },
  ] as const
}
