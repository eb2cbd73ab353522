import { Input } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useGo, useSay, useT } from '../../../platform/web/index.ts'
import { amendComposition, getComposition, listCompositions, recallComposition } from '../contract/composition.ts'
import { listPrintedReports } from '../contract/health-report.ts'

const CHANGED = [getComposition, listCompositions, listPrintedReports]

export interface BecauseDrawerProps {
  compositionId: string
  /** Which act needs its reason; none: closed. */
  act: 'amend' | 'recall' | undefined
  onClose: () => void
}

/** A new version, or out of sight: what follows from it, and why. */
export function BecauseDrawer({ compositionId, act, onClose }: BecauseDrawerProps) {
  const t = useT('health-report')
  const say = useSay()
  const go = useGo()
  const amend = useAction(amendComposition, { invalidates: CHANGED })
  const recall = useAction(recallComposition, { invalidates: CHANGED })
  const params = { compositionId: compositionId as never }
  const send = async (body: { because: string }) => {
    if (act === 'amend') {
      const { id } = await amend.mutateAsync({ params, body })
      onClose()
      go(`/report-signing/${id}`)
    } else {
      await recall.mutateAsync({ params, body })
      onClose()
      say.done(t('said.recalled'))
    }
  }
  const shown = act ?? 'amend'
  return (
    <SideDrawer title={t(`act.${shown}`)} open={act !== undefined} onClose={onClose} widthPx={440}>
      <p style={{ marginBottom: 16 }}>{t(`${shown}.hint`)}</p>
      <DraftForm<{ because: string }>
        key={shown}
        name={`${shown}-${compositionId}`}
        schema={amendComposition.body}
        keepDraft={false}
        submit={t(`act.${shown}`)}
        onSubmit={send}
        onCancel={onClose}
      >
        <Field name="because" label={t(`${shown}.why`)} required>
          <Input.TextArea rows={3} maxLength={200} placeholder={t(`${shown}.placeholder`)} autoFocus />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
