import { Input } from 'antd'
import { DraftForm, Field, useAction, useSay, useT, useTimeZone } from '../../../platform/web/index.ts'
import { correctHomeVisit } from '../contract/home-visit.ts'
import type { VisitView } from '../contract/words.ts'
import { CHANGED } from './changed.ts'
import { contentOf, valuesOf, type ContentValues } from './values.ts'
import { VisitFields } from './visit-fields.tsx'

interface Values {
  content: ContentValues
  because: string
}

/** A new version, with its reason; the former one stays to be seen. */
export function CorrectVisit({ visit, onClose }: { visit: VisitView; onClose: () => void }) {
  const t = useT('home-visit')
  const say = useSay()
  const timeZone = useTimeZone()
  const correct = useAction(correctHomeVisit, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('said.corrected'))
      onClose()
    },
  })
  return (
    <div className="pb-home-visit-form">
      <DraftForm<Values>
        name={`home-visit-correct-${visit.id}-${visit.version}`}
        initial={{ content: valuesOf(visit, timeZone) }}
        submit={t('act.keepCorrection')}
        onCancel={onClose}
        onSubmit={({ content, because }) =>
          correct.mutateAsync({
            params: { homeVisitId: visit.id },
            body: { version: visit.version, because, content: contentOf(content, timeZone, undefined) },
          })
        }
      >
        <VisitFields />
        <Field name="because" label={t('field.because')} required>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
    </div>
  )
}
