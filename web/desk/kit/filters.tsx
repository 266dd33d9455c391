import { Button, Input, Select } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../speaking.tsx'
import type { ListAddress } from './list-address.ts'
import { kitWording } from './wording.ts'

type FiltersProps = {
  list: ListAddress
  /** Names of the filters in the address, to clear them. */
  names: readonly string[]
  children?: ReactNode
  /** What can be done with the list, at the right. */
  actions?: ReactNode
}

/** The row above a list: what narrows it and what can be done. */
export function Filters({ list, names, children, actions }: FiltersProps) {
  const words = useWords(kitWording)
  const isNarrowed = names.some(name => list.filter(name) !== null)
  return (
    <div className="filters">
      {children}
      {isNarrowed && (
        <Button type="text" onClick={() => list.narrow(Object.fromEntries(names.map(name => [name, null])))}>
          {words.clearFilters}
        </Button>
      )}
      {actions && <div className="actions">{actions}</div>}
    </div>
  )
}

type ChoiceProps = {
  list: ListAddress
  /** Name in the address. */
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  width?: number
  isSearchable?: boolean
}

/** A filter with few values. */
export function Choice({ list, name, label, options, width = 136, isSearchable = false }: ChoiceProps) {
  const value = list.filter(name)
  return (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={isSearchable && { optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ width }}
      value={options.some(option => option.value === value) ? value : null}
      options={[...options]}
      onChange={(chosen: string | null | undefined) => list.narrow({ [name]: chosen ?? null })}
    />
  )
}

/** How long after the last letter a search begins, milliseconds. */
const restMilliseconds = 350

/** A filter by text; `/` goes there. */
export function SearchField({ list, name, label }: { list: ListAddress; name: string; label: string }) {
  const value = list.filter(name) ?? ''
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed begins a search, not a changed address
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => list.narrow({ [name]: text.trim() || null }, { replaces: true }), restMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <span data-desk-search>
      <Input
        aria-label={label}
        placeholder={label}
        allowClear
        style={{ width: 220 }}
        value={text}
        onChange={event => setText(event.target.value)}
      />
    </span>
  )
}
