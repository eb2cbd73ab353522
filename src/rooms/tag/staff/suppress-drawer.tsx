import { Input } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { listPatientTags, suppressTag, type PatientTag } from '../contract/tag.ts'
import { tagTimeline } from '../contract/timeline.ts'
import { useBilingual } from './words.ts'

export interface SuppressDrawerProps {
  patientId: string
  /** Which tag is being set aside; none: closed. */
  tag: PatientTag | undefined
  onClose: () => void
}

/** Sets a rule's tag aside; the reason stays to be read by the next colleague. */
export function SuppressDrawer({ patientId, tag, onClose }: SuppressDrawerProps) {
  const t = useT('tag')
  const say = useSay()
  const words = useBilingual()
  const name = tag ? words(tag.name) : ''
  const suppress = useAction(suppressTag, { invalidates: [listPatientTags, tagTimeline] })
  const send = async (body: { because: string }) => {
    if (!tag) return
    await suppress.mutateAsync({ params: { patientId: patientId as never, tagCode: tag.code }, body })
    onClose()
    say.done(t('suppress.done', { name }))
  }
  return (
    <SideDrawer title={t('suppress.title', { name })} open={tag !== undefined} onClose={onClose} widthPx={440}>
      <p>{t('suppress.hint')}</p>
      <DraftForm<{ because: string }>
        name={`suppress-${tag?.code ?? ''}`}
        schema={suppressTag.body}
        keepDraft={false}
        submit={t('act.suppress')}
        onSubmit={send}
        onCancel={onClose}
      >
        <Field name="because" label={t('suppress.because')} required>
          <Input.TextArea rows={3} maxLength={200} placeholder={t('suppress.placeholder')} autoFocus />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
