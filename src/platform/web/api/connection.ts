import { signal } from './signal.ts'

const reached = signal(true)

/** Whether the server was reached by the last call. Pages keep what they show; the banner tells about it. */
export const connection = {
  reached,
  lost: (): void => reached.set(false),
  restored: (): void => reached.set(true),
}
