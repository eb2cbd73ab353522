import type { JobProgressProps } from '../feedback/job-progress.tsx'
import type { Tone } from '../text/status.tsx'

/** What a file goes through that is handed in, explained, and read in the background. */
export type FileRunState = 'uploaded' | 'queued' | 'running' | 'done' | 'stopped' | 'failed'

export const FILE_RUN_TONES: Record<FileRunState, Tone> = {
  uploaded: 'due',
  queued: 'low',
  running: 'low',
  done: 'good',
  stopped: 'plain',
  failed: 'danger',
}

/** The same for `JobProgress`. */
export const FILE_RUN_JOBS: Record<FileRunState, JobProgressProps['state']> = {
  uploaded: 'waiting',
  queued: 'waiting',
  running: 'running',
  done: 'completed',
  stopped: 'cancelled',
  failed: 'failed',
}
