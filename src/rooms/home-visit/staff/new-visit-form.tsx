import { Alert, Form, Input } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { systemClock } from '../../../platform/clock.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { Card, DraftForm, requestId, Stack, useAction, useCan, useT, useTimeZone } from '../../../platform/web/index.ts'
import { listHomeVisits, patientHomeVisits, type prepareHomeVisit, recordHomeVisit } from '../contract/home-visit.ts'
import type { PhotoConsent, VisitView } from '../contract/words.ts'
import { ConsentField } from './consent-choice.tsx'
import { PhotoPicker, type useTakenPhotos } from './photo-picker.tsx'
import { NOT_ASKED } from './position-field.tsx'
import { mayRetry } from './send-photos.ts'
import { contentOf, wallClock, type ContentValues } from './values.ts'
import { VisitFields } from './visit-fields.tsx'

export type Prepared = OutputOf<typeof prepareHomeVisit>

interface Values {
  /** Of this filling-in: however often it is sent, it stands once. */
  key: string
  content: ContentValues
  photos?: PhotoConsent
}

export interface NewVisitFormProps {
  prepared: Prepared
  taken: ReturnType<typeof useTakenPhotos>
  /** It is on the server; photos that were taken go now. */
  onKept: (visit: VisitView, withPhotos: boolean) => void
}

const AGAIN_MS = 10_000

/** What was typed stays in this page until the server has it; while the line is gone it is sent again by itself. */
export function NewVisitForm({ prepared, taken, onKept }: NewVisitFormProps) {
  const t = useT('home-visit')
  const timeZone = useTimeZone()
  const [form] = Form.useForm<Values>()
  const { patient, known, followUp, task } = prepared
  const consent = Form.useWatch('photos', form) as PhotoConsent | undefined
  const keep = useAction(recordHomeVisit, { invalidates: [patientHomeVisits, listHomeVisits] })
  const [waiting, setWaiting] = useState(false)
  useEffect(() => {
    if (!waiting) return undefined
    const again = () => form.submit()
    const timer = setInterval(again, AGAIN_MS)
    addEventListener('online', again)
    return () => {
      clearInterval(timer)
      removeEventListener('online', again)
    }
  }, [waiting, form])
  const initial = useMemo((): Values => {
    const now = wallClock(systemClock.now(), timeZone)
    const place = known ? 'known' : 'other'
    return { key: requestId(), content: { outcome: 'seen', arrivedAt: now, leftAt: '', place, position: NOT_ASKED } }
  }, [known, timeZone])
  const send = async ({ key, content, photos }: Values) => {
    try {
      const visit = await keep.mutateAsync({
        params: { patientId: patient.id },
        body: {
          key,
          followUpId: followUp?.id ?? null,
          taskId: task?.id ?? null,
          content: contentOf(content, timeZone, known?.address),
          photos: photos ?? null,
        },
      })
      setWaiting(false)
      onKept(visit, photos?.answer === 'given' && taken.photos.length > 0)
    } catch (error) {
      setWaiting(mayRetry(error))
      throw error
    }
  }
  return (
    <div className="pb-home-visit-form">
      <DraftForm<Values>
        name={`home-visit-${patient.id}-${followUp?.id ?? task?.id ?? 'free'}`}
        form={form}
        initial={initial}
        submit={t('act.keep')}
        onSubmit={send}
      >
        <Form.Item name="key" hidden>
          <Input type="hidden" />
        </Form.Item>
        <Stack>
          <VisitFields known={known} />
          <Photos taken={taken} mayTake={consent?.answer === 'given'} needsGuardian={patient.needsGuardian} />
        </Stack>
        {waiting && <Alert type="info" showIcon title={t('form.waiting')} className="pb-home-visit-waiting" />}
      </DraftForm>
    </div>
  )
}

/** The camera opens once somebody has said yes. */
function Photos({
  taken,
  mayTake,
  needsGuardian,
}: {
  taken: ReturnType<typeof useTakenPhotos>
  mayTake: boolean
  needsGuardian: boolean
}) {
  const t = useT('home-visit')
  const may = useCan('home-visit.photo')
  if (!may) return null
  return (
    <Card title={t('photo.title')}>
      <Form.Item name="photos" noStyle>
        <ConsentField needsGuardian={needsGuardian} />
      </Form.Item>
      {mayTake && <PhotoPicker photos={taken.photos} onAdd={taken.add} onDrop={taken.drop} />}
    </Card>
  )
}
