import { readdir, readFile } from 'node:fs/promises'

/** Linux counts processor time in ticks of this length for user space, whatever the kernel's own clock (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100

/** CPU seconds that a process has used, its threads included; those of its ended children only when asked for. */
export async function cpuSecondsOf(pid: number, withEndedChildren = false): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The command's name may hold blanks and brackets, so counting begins behind its last bracket, at field 3.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const used = Number(fields[11]) + Number(fields[12])
  const ended = withEndedChildren ? Number(fields[13]) + Number(fields[14]) : 0
  return (used + ended) / ticksPerSecond
}

/** CPU seconds of a server with one process a connection: itself, those running, those ended. */
export async function cpuSecondsOfFamily(pid: number): Promise<number> {
  const children = await childrenOf(pid)
  // A connection may end between the listing and the reading; its time is then in its parent's.
  const running = await Promise.all(children.map(child => cpuSecondsOf(child).catch(() => 0)))
  return (await cpuSecondsOf(pid, true)) + running.reduce((sum, seconds) => sum + seconds, 0)
}

/** Memory that a process holds in RAM, bytes. */
export async function residentBytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`)
  const lists = await Promise.all(
    threads.map(thread => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  )
  return lists.flatMap(list => list.split(' ').filter(Boolean).map(Number))
}
