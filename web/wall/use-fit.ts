import { type RefObject, useLayoutEffect, useState } from 'react'
import { type Fit, fitOf, wholeList } from './card-fit.ts'

/** On a phone or a narrow window the list scrolls instead, and is one page. */
const isNarrow = () => matchMedia('(max-width: 48em)').matches

/** Measures how many cards fit into the grid, again whenever it or their number changes. */
export function useFit(grid: RefObject<HTMLElement | null>, count: number): Fit {
  const [fit, setFit] = useState<Fit>({ scale: 1, columns: 3, rows: 3 })
  useLayoutEffect(() => {
    const element = grid.current!
    const measure = () => {
      // The grid's own letters may be scaled; those of its frame are the measure.
      const em = Number.parseFloat(getComputedStyle(element.parentElement!).fontSize)
      const next = isNarrow() ? wholeList : fitOf(element.clientWidth, element.clientHeight, em, count)
      setFit(before => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [grid, count])
  return fit
}
