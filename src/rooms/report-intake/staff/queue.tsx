import type { ReactNode } from 'react'
import {
  KeyHint,
  Loading,
  ProblemAlert,
  SideDrawer,
  type useOpened,
  useShortcut,
  type ApiProblem,
  type PagesResult,
} from '../../../platform/web/index.ts'

/** The way through a queue: `j` and a decision both go to the next row, and behind the last one the drawer closes. */
export function useNext<R extends { id: string }>(opened: ReturnType<typeof useOpened>, rows: PagesResult<R>) {
  const ids: string[] = rows.data?.rows.map(({ id }) => id) ?? []
  const next = () => {
    const following = ids[(opened.id ? ids.indexOf(opened.id) : -1) + 1]
    if (following) opened.open(following)
    else opened.close()
  }
  useShortcut('j', next)
  return next
}

export interface QueueDrawerProps<D> {
  title: string
  open: boolean
  onClose: () => void
  widthPx: number
  answer: { data: D | undefined; error: ApiProblem | null }
  children: (data: D) => ReactNode
}

/** One row of a queue beside it, once it has come. */
export function QueueDrawer<D>({ answer: { data, error }, children, ...drawer }: QueueDrawerProps<D>) {
  return (
    <SideDrawer extra={<KeyHint keys={['j']} />} {...drawer}>
      {error ? <ProblemAlert problem={error} /> : data ? children(data) : <Loading />}
    </SideDrawer>
  )
}
