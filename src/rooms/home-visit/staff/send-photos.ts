import { ApiProblem, upload } from '../../../platform/web/index.ts'
import { putPhoto } from '../contract/photo.ts'
import type { TakenPhoto } from './photo-picker.tsx'

/** Nobody was reached, or nobody was able to answer: the same may be sent again. */
export const mayRetry = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 500 || error.status === 429)

const PAUSE_MS = 5000
/** Until the line is back, or some seconds: browsers do not always say that it is. */
const untilBack = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      removeEventListener('online', done)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, PAUSE_MS)
    addEventListener('online', done)
    signal.addEventListener('abort', done)
  })

export interface Sending {
  signal: AbortSignal
  onArrived: (key: string) => void
  /** The line is gone, or back. */
  onWaiting: (waiting: boolean) => void
}

/** Sends photos one after another, each until it has arrived: by its key one that arrived unheard counts once. @throws ApiProblem when one is refused */
export async function sendPhotos(
  homeVisitId: string,
  photos: readonly TakenPhoto[],
  { signal, onArrived, onWaiting }: Sending,
): Promise<void> {
  for (const { key, blob } of photos)
    for (let hasArrived = false; !hasArrived && !signal.aborted;) {
      try {
        const file = new File([blob], 'photo.jpg', { type: blob.type })
        await upload(putPhoto, file, { params: { homeVisitId: homeVisitId as never, key }, query: {} })
        hasArrived = true
        onWaiting(false)
        onArrived(key)
      } catch (error) {
        if (!mayRetry(error)) throw error
        onWaiting(true)
        await untilBack(signal)
      }
    }
}
