import type { DeskViewerFragment } from '../../kit/generated/operations.ts'

/** Who works here (当前用户). */
export type DeskViewer = DeskViewerFragment & {
  /** Stands for a region as a whole, not for one department, hall or window of it. */
  isForWholeRegion: boolean
}

export function asDeskViewer(viewer: DeskViewerFragment): DeskViewer {
  const { department, hall, window, staffMember } = viewer
  return { ...viewer, isForWholeRegion: !department && !hall && !window && !staffMember }
}
