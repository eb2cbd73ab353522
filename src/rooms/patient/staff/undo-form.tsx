import { Input } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { call, DraftForm, Field, useSay, useT } from '../../../platform/web/index.ts'
import { listProposals, undoMerge } from '../contract/merge.ts'
import { getPatient, listPatients, searchPatients } from '../contract/patient.ts'

/** Takes a merge apart again; says what comes back and what stays. */
export function UndoForm({
  mergeId,
  name,
  until,
  onDone,
}: {
  mergeId: string
  name: string
  until: string
  onDone: () => void
}) {
  const t = useT('patient')
  const say = useSay()
  const client = useQueryClient()
  const send = async ({ reason }: { reason: string }) => {
    const { kept } = await call(undoMerge, { params: { mergeId }, body: { reason } })
    onDone()
    say.done(
      kept.length > 0
        ? t('merge.kept', { fields: kept.map((field) => t(`field.${field}`)).join('、') })
        : t('merge.undone'),
    )
    await Promise.all(
      [listProposals, listPatients, searchPatients, getPatient].map((endpoint) =>
        client.invalidateQueries({ queryKey: [endpoint.name] }),
      ),
    )
  }
  return (
    <section aria-label={t('merge.undo')}>
      <h3>{t('merge.undoTitle', { name })}</h3>
      <p>{t('merge.undoHint', { name })}</p>
      <p className="pb-hint">{t('merge.undoUntil', { date: until.slice(0, 10) })}</p>
      <DraftForm<{ reason: string }>
        name={`undo-${mergeId}`}
        keepDraft={false}
        submit={t('merge.undo')}
        onSubmit={send}
      >
        <Field name="reason" label={t('merge.reason')} required>
          <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
        </Field>
      </DraftForm>
    </section>
  )
}
