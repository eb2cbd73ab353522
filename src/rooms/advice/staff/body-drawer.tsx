import type { ReactNode } from 'react'
import { Loading, ProblemAlert, SideDrawer, useApi, useOpened, useT } from '../../../platform/web/index.ts'
import { readBody, type BodyView } from '../contract/advice.ts'

interface Props {
  patientId: string
  /** The calculator, and its word in the address: `?energy=new`. */
  name: 'energy' | 'exercise'
  children: (body: BodyView, close: () => void) => ReactNode
}

/** A calculator in a drawer; it begins with what the record knows of the person's body. */
export function BodyDrawer({ patientId, name, children }: Props) {
  const t = useT('advice')
  const { id, close } = useOpened(name)
  const isOpen = id !== undefined
  const { data, error } = useApi(readBody, { params: { patientId: patientId as never } }, { enabled: isOpen })
  return (
    <SideDrawer title={t(`${name}.title`)} open={isOpen} onClose={close} widthPx={680}>
      <ProblemAlert problem={error} />
      {!data && !error && <Loading lines={5} />}
      {data && children(data, close)}
    </SideDrawer>
  )
}
