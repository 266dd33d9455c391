import { Tabs } from 'antd'
import { useListAddress } from '../kit/list-address.ts'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { CodeLedger } from './code-ledger.tsx'
import { codeRights } from './code-rights.ts'
import { MissingCodes } from './missing-codes.tsx'
import { codesWording } from './wording.ts'

/** Static codes (静态评价码): the ledger, and where one is missing. */
export function StaticCodesPage({ viewer, hallId }: PageProps) {
  const words = useWords(codesWording)
  const list = useListAddress()
  const rights = codeRights(viewer)
  const tab = list.filter('tab') === 'missing' && rights.applies ? 'missing' : 'ledger'
  const ledger = <CodeLedger viewer={viewer} hallId={hallId} rights={rights} />
  if (!rights.applies) return ledger
  return (
    <Tabs
      activeKey={tab}
      destroyOnHidden
      onChange={key => list.narrow({ tab: key === 'ledger' ? null : key })}
      items={[
        { key: 'ledger', label: words.ledger, children: ledger },
        { key: 'missing', label: words.missing, children: <MissingCodes hallId={hallId} viewer={viewer} /> },
      ]}
    />
  )
}
