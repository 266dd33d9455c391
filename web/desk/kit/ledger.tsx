import { Alert, Button, Empty, Skeleton, Table, type TableColumnsType, type TableProps } from 'antd'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import type { Answer } from '../graph.ts'
import { useWords } from '../speaking.tsx'
import type { ListAddress } from './list-address.ts'
import { kitWording } from './wording.ts'

type Connection<T> = {
  edges: readonly { node: T }[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

type LedgerProps<T extends { id: string }> = {
  /** What the table lists, for those who cannot see it. */
  label: string
  answer: Pick<Answer<unknown>, 'isLoading' | 'isOutdated' | 'fault' | 'again'>
  rows: Connection<T> | null | undefined
  columns: TableColumnsType<T>
  list: ListAddress
  /** Said when there is nothing. */
  empty: ReactNode
  /** Rows open their details (`Enter`, click). */
  opens?: boolean
  selection?: TableProps<T>['rowSelection']
  /** Marks rows that need a look. */
  rowClassName?: (row: T) => string
}

const ownControls = 'a, button, input, label, .ant-checkbox-wrapper, .ant-popover'

/** A dense list of the desk with its pages (台账): rows by `j` and `k`, `Enter` opens, `n` and `p` leaf. */
export function Ledger<T extends { id: string }>(props: LedgerProps<T>) {
  const { label, answer, rows, columns, list, empty, opens = false, selection, rowClassName } = props
  const words = useWords(kitWording)
  if (answer.fault === 'REFUSED' && !rows) {
    const again = <Button onClick={answer.again}>{words.tryAgain}</Button>
    return <Alert type="error" title={words.readRefused} action={again} />
  }
  if (!rows) return answer.isLoading ? <Skeleton active paragraph={{ rows: 8 }} title={false} /> : null
  const nodes = rows.edges.map(({ node }) => node)
  const isMark = (event: MouseEvent) => (event.target as Element).closest(ownControls) !== null
  return (
    <section className={opens ? 'ledger' : 'ledger is-flat'} aria-label={label} aria-busy={answer.isOutdated}>
      <Table<T>
        rowKey="id"
        size="small"
        dataSource={nodes}
        columns={columns}
        pagination={false}
        rowSelection={selection}
        tableLayout="fixed"
        locale={{ emptyText: <Empty image={null} description={empty} /> }}
        rowClassName={row => [row.id === list.openId ? 'is-open' : '', rowClassName?.(row) ?? ''].join(' ')}
        onRow={row => ({
          tabIndex: 0,
          'data-desk-row': row.id,
          onClick: event => {
            if (opens && !isMark(event)) list.open(row.id)
          },
          onKeyDown: (event: KeyboardEvent) => {
            if (opens && event.key === 'Enter' && event.target === event.currentTarget) list.open(row.id)
          },
        })}
      />
      <Leaves list={list} pageInfo={rows.pageInfo} />
    </section>
  )
}

function Leaves({ list, pageInfo }: { list: ListAddress; pageInfo: Connection<unknown>['pageInfo'] }) {
  const words = useWords(kitWording)
  if (list.page === 1 && !pageInfo.hasNextPage) return null
  return (
    <nav className="leaves" aria-label={words.page(String(list.page))}>
      <Button disabled={list.page === 1} onClick={list.toPrevious} data-desk-previous>
        {words.previous}
      </Button>
      <span>{words.page(String(list.page))}</span>
      <Button disabled={!pageInfo.hasNextPage} onClick={() => list.toNext(pageInfo.endCursor!)} data-desk-next>
        {words.next}
      </Button>
    </nav>
  )
}
