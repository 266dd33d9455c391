/** Name of the fact in the log of the cases subgraph. */
export const calendarChangedType = 'CalendarChanged'

/** A year's official arrangement was entered or corrected (放假安排已更新). Whoever counts working days reads the whole calendar anew. */
export type CalendarChanged = { year: number; version: number }
