const full = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** Day and minute in Shanghai, `2026-11-21 09:30`; a dash for none. */
export function deskTime(instant: string | null | undefined): string {
  return instant ? full.format(new Date(instant)) : '—'
}
