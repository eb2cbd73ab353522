import { Drawer } from 'antd'
import { createContext, useCallback, type ReactNode } from 'react'
import { z } from 'zod'
import { useNarrow } from '../look/media.ts'
import { useAddress } from './use-address.ts'

export interface SideDrawerProps {
  title: ReactNode
  open: boolean
  onClose: () => void
  /** At the right of the title. */
  extra?: ReactNode
  /** The acts, always in sight below. */
  footer?: ReactNode
  widthPx?: number
  children: ReactNode
}

/** Whether something stands at the side, beside the list that it belongs to. */
export const AtSideContext = createContext(false)

/** Details at the side, so that the list stays; the whole screen on a phone. */
export function SideDrawer({ title, open, onClose, extra, footer, widthPx = 560, children }: SideDrawerProps) {
  const narrow = useNarrow()
  return (
    <Drawer title={title} open={open} onClose={onClose} extra={extra} footer={footer} size={narrow ? '100%' : widthPx} destroyOnHidden>
      <AtSideContext value={true}>{children}</AtSideContext>
    </Drawer>
  )
}

const schemas = new Map<string, z.ZodType<Record<string, string | undefined>>>()

/**
 * What is open at the side, kept in the address: `const task = useOpened('task')`, then `task.open(id)`,
 * `<SideDrawer open={task.id !== undefined} onClose={task.close}>`.
 */
export function useOpened(name: string): { id: string | undefined; open: (id: string) => void; close: () => void } {
  let schema = schemas.get(name)
  if (!schema) schemas.set(name, (schema = z.object({ [name]: z.string().optional() })))
  const [state, change] = useAddress(schema)
  const open = useCallback((id: string) => change({ [name]: id }, { push: true }), [change, name])
  const close = useCallback(() => change({ [name]: undefined }), [change, name])
  return { id: state[name], open, close }
}
