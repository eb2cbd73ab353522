import { Alert, Form, Input, Select } from 'antd'
import { useState } from 'react'
import {
  DraftForm,
  Field,
  SideDrawer,
  useAction,
  useApi,
  useLocale,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { savePlanDraft, startPlan, type PlanView } from '../contract/plan.ts'
import { contentOf, listTemplates, readTemplate, type TemplateView } from '../contract/template.ts'
import { CAUSES } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { ActionFields } from './action-fields.tsx'
import { contentOfForm, writtenOf, type Written } from './draft-values.ts'
import { GoalFields } from './goal-fields.tsx'
import { StepFields } from './step-fields.tsx'

interface Props {
  patientId: string
  /** Revised, or its draft gone on with; without it a new one is begun. */
  plan?: PlanView
  onClose: () => void
}

/** Drafting: choose what to begin from, then fit it to the person. */
export function DraftDrawer({ patientId, plan, onClose }: Props) {
  const t = useT('care-plan')
  const [chosen, setChosen] = useState<string | null | undefined>(plan ? null : undefined)
  const title = plan ? t(plan.draft ? 'draft.goOn' : 'draft.revise') : t('plan.new')
  return (
    <SideDrawer title={title} open onClose={onClose} widthPx={720}>
      {chosen === undefined ? (
        <ChooseTemplate onChoose={setChosen} />
      ) : chosen === null ? (
        <PlanForm patientId={patientId} {...(plan && { plan })} onClose={onClose} />
      ) : (
        <FromTemplate patientId={patientId} code={chosen} onClose={onClose} />
      )}
    </SideDrawer>
  )
}

function ChooseTemplate({ onChoose }: { onChoose: (code: string | null) => void }) {
  const t = useT('care-plan')
  const locale = useLocale()
  const { data } = useApi(listTemplates)
  const said = (text: { zh: string; en: string }) => (locale === 'en' ? text.en : text.zh)
  return (
    <>
      <p className="pb-hint">{t('draft.choose')}</p>
      <ul className="cp-choose">
        {(data?.rows ?? [])
          .filter(({ state }) => state === 'active')
          .map((row) => (
            <li key={row.code}>
              <button type="button" onClick={() => onChoose(`${row.code} ${row.version}`)}>
                <strong>{said(row.title)}</strong>
                <span className="pb-hint">{said(row.about)}</span>
                {row.reviewer === null && <span className="pb-due">{t('template.unreviewed')}</span>}
              </button>
            </li>
          ))}
        <li>
          <button type="button" onClick={() => onChoose(null)}>
            <strong>{t('draft.free')}</strong>
            <span className="pb-hint">{t('draft.freeHint')}</span>
          </button>
        </li>
      </ul>
    </>
  )
}

function FromTemplate({ patientId, code: chosen, onClose }: { patientId: string; code: string; onClose: () => void }) {
  const [code, version] = chosen.split(' ')
  const { data } = useApi(readTemplate, { params: { code: code!, version: version! } as never })
  return data ? <PlanForm patientId={patientId} template={data} onClose={onClose} /> : null
}

function PlanForm({ patientId, plan, template, onClose }: Props & { template?: TemplateView }) {
  const t = useT('care-plan')
  const say = useSay()
  const locale = useLocale()
  const today = useToday()
  const [form] = Form.useForm<Written>()
  const start = useAction(startPlan, { invalidates: CHANGED_BY_ACT })
  const save = useAction(savePlanDraft, { invalidates: CHANGED_BY_ACT })
  const signed = plan?.versions.find(({ version }) => version === plan.version)
  const base = plan?.draft ?? signed
  const needsCause = plan !== undefined && plan.version !== null
  const initial: Written = template
    ? writtenOf(template.definition.title.zh, contentOf(template.definition, today, 'zh-CN'))
    : base
      ? writtenOf(plan!.title, base.content, {
          sameReason: base.sameReason,
          ...(plan?.draft?.cause && { cause: plan.draft.cause }),
        })
      : { title: '', goals: [], actions: [{ title: '', kind: 'other', often: 'daily', asked: 'outcome' }], steps: [] }
  const from = template
    ? { code: template.code, version: template.version }
    : base?.template
      ? { code: base.template.code, version: base.template.version }
      : null
  const submit = async (written: Written) => {
    const whole = { ...initial, ...form.getFieldsValue(true), ...written } as Written
    const body = {
      title: whole.title,
      content: contentOfForm(whole),
      template: from,
      sameReason: whole.sameReason ?? '',
    }
    if (plan) {
      const cause =
        needsCause && whole.cause ? ({ kind: whole.cause.kind, words: whole.cause.words, id: null } as never) : null
      await save.mutateAsync({
        params: { patientId: patientId as never, planId: plan.id },
        body: { ...body, cause, revision: plan.draft?.revision ?? 0 },
      })
    } else {
      const kind = template?.definition.kind ?? 'own-plan'
      await start.mutateAsync({ params: { patientId: patientId as never }, body: { ...body, kind } })
    }
    say.done(t('said.drafted'))
    onClose()
  }
  const cautions = template?.definition.cautions ?? []
  return (
    <DraftForm<Written>
      name={`care-plan-${plan?.id ?? patientId}-${from?.code ?? 'free'}-${plan?.draft?.revision ?? 0}`}
      form={form}
      initial={initial}
      submit={t('act.saveDraft')}
      onCancel={onClose}
      onSubmit={submit}
    >
      {cautions.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('template.cautions')}
          description={cautions.map((one) => (
            <div key={one.zh}>{locale === 'en' ? one.en : one.zh}</div>
          ))}
        />
      )}
      <Field name="title" label={t('draft.title')} required>
        <Input maxLength={60} />
      </Field>
      {needsCause && <CauseFields />}
      <GoalFields />
      <ActionFields />
      <StepFields />
      {from && (
        <Field name="sameReason" label={t('draft.sameReason')} extra={t('draft.sameReasonHint')}>
          <Input maxLength={300} />
        </Field>
      )}
    </DraftForm>
  )
}

/** S1-18: what made the plan change. */
function CauseFields() {
  const t = useT('care-plan')
  return (
    <div className="cp-line">
      <Field name={['cause', 'kind']} label={t('draft.cause')} required>
        <Select options={CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))} style={{ minWidth: 140 }} />
      </Field>
      <Field name={['cause', 'words']} label={t('draft.causeWords')} required style={{ flex: 1 }}>
        <Input maxLength={300} placeholder={t('draft.causeExample')} />
      </Field>
    </div>
  )
}
