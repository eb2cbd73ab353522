import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import {
  DateInput,
  InstantText,
  Row,
  Stack,
  useAction,
  useConfirmReach,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import {
  discardPlanDraft,
  returnPlan,
  signPlan,
  submitPlan,
  type PlanView,
  type VersionView,
} from '../contract/plan.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { Differences } from './differences.tsx'
import { PlanText } from './plan-text.tsx'

interface Props {
  patientId: string
  plan: PlanView
  draft: VersionView
  onEdit: () => void
}

/** What is to be signed: the whole text, what differs from the template and from the version before, and the way on. */
export function SignPart({ patientId, plan, draft, onEdit }: Props) {
  const t = useT('care-plan')
  return (
    <section className="cp-draft" aria-label={t('sign.title')}>
      <Stack>
        <div>
          <h3>{t(draft.state === 'submitted' ? 'sign.waiting' : 'sign.draft', { version: draft.version })}</h3>
          <p className="pb-hint">
            {t('sign.by', { name: draft.draftedBy })} <InstantText at={draft.draftedAt} />
            {draft.template &&
              ` · ${t('sign.template', { title: draft.template.title, version: draft.template.version })}`}
            {draft.similarityPercent !== null && ` · ${t('sign.similarity', { percent: draft.similarityPercent })}`}
          </p>
          {draft.cause && (
            <p>
              {t(`cause.${draft.cause.kind}`)}：{draft.cause.words}
            </p>
          )}
        </div>
        {draft.returnedNote && draft.state === 'draft' && (
          <Alert type="warning" showIcon title={t('sign.returned')} description={draft.returnedNote} />
        )}
        {draft.template && draft.fromTemplate.length === 0 && (
          <Alert
            type={draft.sameReason ? 'info' : 'warning'}
            showIcon
            title={draft.sameReason ? t('sign.sameBecause', { reason: draft.sameReason }) : t('sign.same')}
          />
        )}
        <PlanText content={draft.content} />
        <Differences title={t('diff.fromLast')} differences={draft.fromLast} />
        <Differences title={t('diff.fromTemplate')} differences={draft.fromTemplate} />
        <SignActs patientId={patientId} plan={plan} draft={draft} onEdit={onEdit} />
      </Stack>
    </section>
  )
}

function SignActs({ patientId, plan, draft, onEdit }: Props) {
  const t = useT('care-plan')
  const say = useSay()
  const confirm = useConfirmReach()
  const today = useToday()
  const [from, setFrom] = useState(today)
  const [note, setNote] = useState<string>()
  const params = { patientId: patientId as never, planId: plan.id }
  const { revision } = draft
  const onError = say.problem
  const submit = useAction(submitPlan, { invalidates: CHANGED_BY_ACT, onDone: () => say.done(t('said.submitted')) })
  const sign = useAction(signPlan, { invalidates: CHANGED_BY_ACT, onDone: () => say.done(t('said.signed')) })
  const back = useAction(returnPlan, { invalidates: CHANGED_BY_ACT, onDone: () => say.done(t('said.returned')) })
  const discard = useAction(discardPlanDraft, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => say.done(t('said.discarded')),
  })
  const throwAway = async () => {
    if (
      await confirm({
        title: t('sign.discardTitle', { title: plan.title }),
        reach: [t('sign.discardReach')],
        verb: t('act.discard'),
        danger: true,
      })
    )
      discard.mutate({ params }, { onError })
  }
  return (
    <Stack tight>
      {note !== undefined && (
        <Row>
          <Input.TextArea
            aria-label={t('sign.returnNote')}
            placeholder={t('sign.returnNote')}
            value={note}
            maxLength={500}
            autoSize={{ minRows: 2 }}
            onChange={(e) => setNote(e.target.value)}
          />
          <Button
            loading={back.isPending}
            disabled={note.trim().length < 2}
            onClick={() => back.mutate({ params, body: { revision, note } }, { onError })}
          >
            {t('act.return')}
          </Button>
        </Row>
      )}
      <Row>
        {plan.can.includes('sign') && (
          <>
            <label className="cp-from">
              {t('sign.from')}{' '}
              <DateInput aria-label={t('sign.from')} value={from} onChange={(value) => setFrom(value ?? today)} />
            </label>
            <Button
              type="primary"
              loading={sign.isPending}
              onClick={() => sign.mutate({ params, body: { revision, activeFrom: from } }, { onError })}
            >
              {t('act.sign')}
            </Button>
          </>
        )}
        {plan.can.includes('submit') && (
          <Button
            type={plan.can.includes('sign') ? 'default' : 'primary'}
            loading={submit.isPending}
            onClick={() => submit.mutate({ params, body: { revision } }, { onError })}
          >
            {t('act.submit')}
          </Button>
        )}
        {plan.can.includes('revise') && <Button onClick={onEdit}>{t('act.edit')}</Button>}
        {plan.can.includes('return') && note === undefined && (
          <Button onClick={() => setNote('')}>{t('act.return')}</Button>
        )}
        {plan.can.includes('discard') && (
          <Button type="text" onClick={() => void throwAway()}>
            {t('act.discard')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}
