import { SideDrawer, useAction, useSay, useT, requestId } from '../../../platform/web/index.ts'
import { useState } from 'react'
import { addScan, correctScan, registerNodule } from '../contract/nodule.ts'
import type { NoduleView } from '../contract/words.ts'
import { CloseForm } from './close-form.tsx'
import { GradeForm } from './grade-form.tsx'
import { PlaceForm } from './place-form.tsx'
import { DayForm, ReopenForm, WithdrawForm } from './reason-forms.tsx'
import { ScanForm } from './scan-form.tsx'
import { startOf, valuesOf } from './scan-values.ts'
import { TalkForm } from './talk-form.tsx'
import { CHANGED, nameOf, newestOf } from './words.tsx'

export interface ActDrawerProps {
  patientId: string
  nodules: readonly NoduleView[]
  /** `register`, `add-scan:ID`, `correct-scan:ID:SCAN` … */
  act: string | undefined
  onClose: () => void
}

const TITLES: Record<string, string> = {
  'correct-scan': 'act.correctScan',
  'withdraw-scan': 'act.withdrawScan',
  correct: 'act.correctPlace',
  register: 'list.register',
}

/** Whatever is done to a nodule, at the side; the tab stays in sight. */
export function ActDrawer({ patientId, nodules, act, onClose }: ActDrawerProps) {
  const t = useT('nodule')
  const [kind = '', noduleId, scanId] = (act ?? '').split(':')
  const nodule = nodules.find(({ id }) => id === noduleId)
  const isKnown = kind === 'register' || nodule !== undefined
  const title = isKnown ? `${t(TITLES[kind] ?? `act.${kind}`)}${nodule ? ` · ${nameOf(t, nodule)}` : ''}` : ''
  const form = () => {
    if (kind === 'register') return <Register patientId={patientId} onClose={onClose} />
    if (!nodule) return null
    const scan = nodule.scans.find(({ id }) => id === scanId)
    const props = { nodule, onClose }
    switch (kind) {
      case 'add-scan':
        return <AddScan patientId={patientId} {...props} />
      case 'correct-scan':
        return scan ? <CorrectScan patientId={patientId} scanId={scan.id} {...props} /> : null
      case 'withdraw-scan':
        return scan ? <WithdrawForm scan={scan} {...props} /> : null
      case 'grade':
        return <GradeForm {...props} />
      case 'set-interval':
        return <DayForm {...props} />
      case 'close':
        return <CloseForm {...props} />
      case 'reopen':
        return <ReopenForm {...props} />
      case 'talk':
        return <TalkForm {...props} />
      case 'correct':
        return <PlaceForm {...props} />
      default:
        return null
    }
  }
  return (
    <SideDrawer title={title} open={act !== undefined && isKnown} onClose={onClose} widthPx={620}>
      {act !== undefined && form()}
    </SideDrawer>
  )
}

export interface ActProps {
  nodule: NoduleView
  onClose: () => void
}

/** After an act: it is said, the drawer closes, and what it changed is asked for again. */
export function useDone(text: string, onClose: () => void) {
  const say = useSay()
  return {
    invalidates: CHANGED,
    onDone: () => {
      say.done(text)
      onClose()
    },
  }
}

function Register({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useT('nodule')
  const [key] = useState(requestId)
  const register = useAction(registerNodule, useDone(t('register.saved'), onClose))
  return (
    <ScanForm
      name={`nodule-register-${patientId}`}
      patientId={patientId}
      initial={{ scan: { modality: 'ldct' } }}
      submit={t('list.register')}
      onCancel={onClose}
      onSubmit={({ organ, side, place = '' }, scan) =>
        register.mutateAsync({
          params: { patientId: patientId as never },
          body: { organ: organ!, side: side!, place, scan: scan as never, key },
        })
      }
    />
  )
}

function AddScan({ patientId, nodule, onClose }: ActProps & { patientId: string }) {
  const t = useT('nodule')
  const [key] = useState(requestId)
  const add = useAction(addScan, useDone(t('scan.saved'), onClose))
  return (
    <ScanForm
      name={`nodule-scan-${nodule.id}`}
      patientId={patientId}
      organ={nodule.organ}
      initial={{ scan: startOf(nodule.organ, newestOf(nodule)) }}
      submit={t('scan.save')}
      onCancel={onClose}
      onSubmit={(_values, scan) =>
        add.mutateAsync({ params: { noduleId: nodule.id }, body: { scan: scan as never, key } })
      }
    />
  )
}

function CorrectScan({ patientId, nodule, scanId, onClose }: ActProps & { patientId: string; scanId: string }) {
  const t = useT('nodule')
  const correct = useAction(correctScan, useDone(t('scan.saved'), onClose))
  const scan = nodule.scans.find(({ id }) => id === scanId)!
  return (
    <ScanForm
      name={`nodule-correct-${scanId}`}
      patientId={patientId}
      organ={nodule.organ}
      initial={{ scan: valuesOf(scan) }}
      submit={t('scan.save')}
      asksWhy
      onCancel={onClose}
      onSubmit={({ because = '' }, body) =>
        correct.mutateAsync({
          params: { noduleId: nodule.id, scanId: scan.id },
          body: { scan: body as never, because },
        })
      }
    />
  )
}
