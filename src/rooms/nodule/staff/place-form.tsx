import { Input, Select } from 'antd'
import { DraftForm, Field, useAction, useT } from '../../../platform/web/index.ts'
import { correctPlace } from '../contract/nodule.ts'
import { SIDES, type Side } from '../contract/words.ts'
import { useDone, type ActProps } from './act-drawer.tsx'

interface Place {
  side: Side
  place?: string
}

/** Where it is was entered wrongly; the log keeps the former place. */
export function PlaceForm({ nodule, onClose }: ActProps) {
  const t = useT('nodule')
  const correct = useAction(correctPlace, useDone(t('place.saved'), onClose))
  return (
    <DraftForm<Place>
      name={`nodule-place-${nodule.id}`}
      keepDraft={false}
      initial={{ side: nodule.side, place: nodule.place }}
      submit={t('scan.save')}
      onCancel={onClose}
      onSubmit={({ side, place = '' }) =>
        correct.mutateAsync({ params: { noduleId: nodule.id }, body: { side, place, version: nodule.version } })
      }
    >
      <Field name="side" label={t('place.side')} required>
        <Select options={SIDES.map((value) => ({ value, label: t(`side.${value}`) }))} />
      </Field>
      <Field name="place" label={t('place.place')}>
        <Input maxLength={120} placeholder={t(`place.placeholder.${nodule.organ}`)} />
      </Field>
    </DraftForm>
  )
}
