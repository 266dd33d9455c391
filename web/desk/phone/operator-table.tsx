import { Empty, Table } from 'antd'
import { useMemo } from 'react'
import { OperatorFiguresDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { StateMark } from '../kit/marks.tsx'
import { useWords } from '../speaking.tsx'
import { phoneWording } from './wording.ts'

const DAY_MS = 86_400_000

/** Operators beside each other (话务员评价统计); who is too far from the others stands out by a word. */
export function OperatorTable() {
  const words = useWords(phoneWording)
  const period = useMemo(() => {
    // To the end of this minute, so that asking again within it is the same question.
    const until = Math.ceil(Date.now() / 60_000) * 60_000
    return { since: new Date(until - 30 * DAY_MS).toISOString(), until: new Date(until).toISOString() }
  }, [])
  const { data } = useAnswer(OperatorFiguresDocument, period)
  if (!data) return null
  const { operators, leastJudged, outlierDistance, ratings, shareOfFives, meanLevel } = data.operatorFigures
  return (
    <section aria-label={words.figures}>
      <h2>{words.figures}</h2>
      <p className="quiet">{words.figuresRule(leastJudged, outlierDistance)}</p>
      <Table
        rowKey="operatorId"
        size="small"
        pagination={false}
        dataSource={operators}
        rowClassName={row => (row.isOutlier ? 'is-outlier' : '')}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.emptyFigures} /> }}
        columns={[
          { key: 'name', title: words.operator, dataIndex: 'operatorName' },
          { key: 'ratings', title: words.ratings, dataIndex: 'ratings', align: 'right' },
          { key: 'fives', title: words.fives, align: 'right', render: (_, row) => `${row.shareOfFives.toFixed(2)}%` },
          { key: 'mean', title: words.mean, align: 'right', render: (_, row) => row.meanLevel.toFixed(2) },
          {
            key: 'distance',
            title: words.distance,
            align: 'right',
            render: (_, row) => (
              <>
                {row.isOutlier && <StateMark tone="bad">{words.outlier}</StateMark>} {row.distance?.toFixed(2) ?? '—'}
              </>
            ),
          },
          { key: 'confirmed', title: words.confirmed, dataIndex: 'confirmed', align: 'right' },
          { key: 'mismatches', title: words.mismatches, dataIndex: 'mismatches', align: 'right' },
        ]}
        footer={() =>
          `${words.area}：${words.ratings} ${ratings} · ${words.fives} ${shareOfFives?.toFixed(2) ?? '—'}% · ${words.mean} ${meanLevel?.toFixed(2) ?? '—'}`
        }
      />
    </section>
  )
}
