import { Select } from 'antd'
import { useMemo } from 'react'
import { changeParameters, useAddress } from '../address.ts'
import { useWords } from '../speaking.tsx'
import { useHalls } from './halls.ts'
import type { DeskViewer } from './viewer.ts'
import { frameWording } from './wording.ts'

/** The scope in words (可见范围), and where it has several halls, the switch that narrows the view to one of them. */
export function ScopeSwitch({ viewer, isNarrowable }: { viewer: DeskViewer; isNarrowable: boolean }) {
  const words = useWords(frameWording)
  const { parameters } = useAddress()
  const isFixed = viewer.hall !== null || viewer.window !== null || viewer.staffMember !== null
  const halls = useHalls(!isFixed && isNarrowable)
  const parts = [
    viewer.region?.name,
    viewer.department?.name,
    viewer.hall?.name,
    viewer.window && words.window(viewer.window.number),
    viewer.staffMember && words.staffNumber(viewer.staffMember.staffNumber),
  ].filter(part => part)
  const options = useMemo(() => {
    const byRegion = new Map<string, { value: string; label: string }[]>()
    for (const hall of halls) {
      const region = hall.region?.name ?? ''
      byRegion.set(region, [...(byRegion.get(region) ?? []), { value: hall.id, label: hall.name }])
    }
    return [...byRegion].map(([label, inside]) => ({ label, title: label, options: inside }))
  }, [halls])

  return (
    <div className="scope">
      <span className="scope-word">{words.scope}</span>
      <strong>{parts.join(' · ')}</strong>
      {!isFixed && isNarrowable && (
        <Select
          className="scope-hall"
          aria-label={words.narrowTo}
          placeholder={words.wholeScope}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={320}
          value={halls.length > 0 ? parameters.get('hall') : null}
          options={options}
          onChange={(id: string | undefined) =>
            changeParameters({ hall: id ?? null, after: null, page: null, open: null })
          }
        />
      )}
    </div>
  )
}
