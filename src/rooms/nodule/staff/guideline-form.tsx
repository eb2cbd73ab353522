import { Alert, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { Columns, DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { patientNodules } from '../contract/nodule.ts'
import { listNoduleSettings, putNoduleSetting, type GuidelineView, type OrganSetting } from '../contract/setting.ts'
import type { System } from '../contract/words.ts'
import { planOf, planValues, type PlanValues } from './plan-words.ts'
import { useBilingual } from './words.tsx'

interface Values {
  system?: System
  windowDays?: number
  referDays?: number
  rows?: Record<string, PlanValues>
  confirmed?: boolean
}

const ACTS = ['recheck', 'refer', 'none', 'doctor'] as const

/** The guideline of an organ, set in one's own name: chosen, read row by row, changed where the clinic does otherwise. */
export function GuidelineForm({ setting, onClose }: { setting: OrganSetting; onClose: () => void }) {
  const t = useT('nodule')
  const say = useSay()
  const words = useBilingual()
  const [form] = Form.useForm<Values>()
  const system = (Form.useWatch('system', form) as System | undefined) ?? setting.current?.system
  const guideline = setting.guidelines.find((one) => one.system === system)
  const put = useAction(putNoduleSetting, {
    invalidates: [listNoduleSettings, patientNodules],
    onDone: () => {
      say.done(t('setting.saved'))
      onClose()
    },
  })
  const choose = (chosen: System) =>
    form.setFieldsValue({ rows: rowsOf(setting.guidelines.find((one) => one.system === chosen)), confirmed: false })
  const { current } = setting
  return (
    <DraftForm<Values>
      name={`nodule-setting-${setting.organ}`}
      form={form}
      keepDraft={false}
      initial={
        current
          ? {
              system: current.system,
              windowDays: current.windowDays,
              referDays: current.referDays,
              rows: Object.fromEntries(Object.entries(current.rows).map(([key, plan]) => [key, planValues(plan)])),
            }
          : {}
      }
      submit={t('setting.save')}
      onCancel={onClose}
      onSubmit={({ system: chosen, windowDays, referDays, rows = {}, confirmed = false }) =>
        put.mutateAsync({
          params: { organ: setting.organ },
          body: {
            definition: {
              system: chosen!,
              windowDays: windowDays!,
              referDays: referDays!,
              rows: Object.fromEntries(Object.entries(rows).flatMap(([key, plan]) => pairOf(key, plan))),
            },
            version: current?.version ?? 0,
            confirmed,
          },
        })
      }
    >
      <Field name="system" label={t('setting.guideline')} required>
        <Select
          options={setting.guidelines.map((one) => ({ value: one.system, label: words(one.title) }))}
          onChange={choose}
        />
      </Field>
      <Columns minPx={220}>
        <Field name="windowDays" label={t('setting.window')} required>
          <InputNumber min={0} max={180} precision={0} suffix={t('setting.days')} />
        </Field>
        <Field name="referDays" label={t('setting.refer')} required>
          <InputNumber min={1} max={90} precision={0} suffix={t('setting.days')} />
        </Field>
      </Columns>
      {guideline && <Rows guideline={guideline} form={form} />}
    </DraftForm>
  )
}

function pairOf(key: string, values: PlanValues) {
  const plan = planOf(values)
  return plan ? [[key, plan] as const] : []
}

function rowsOf(guideline: GuidelineView | undefined): Record<string, PlanValues> {
  return Object.fromEntries((guideline?.rows ?? []).map(({ key, plan }) => [key, planValues(plan)]))
}

function Rows({ guideline, form }: { guideline: GuidelineView; form: ReturnType<typeof Form.useForm<Values>>[0] }) {
  const t = useT('nodule')
  const words = useBilingual()
  return (
    <>
      <p className="pb-hint">{t('setting.source', { source: guideline.source })}</p>
      {guideline.unconfirmed && (
        <Alert type="warning" showIcon title={words(guideline.unconfirmed)} style={{ marginBottom: 16 }} />
      )}
      <h3>{t('setting.rows')}</h3>
      {guideline.rows.map(({ key, label }) => (
        <RowFields key={`${guideline.system} ${key}`} row={key} label={words(label)} form={form} />
      ))}
      {guideline.unconfirmed && (
        <Form.Item
          name="confirmed"
          valuePropName="checked"
          rules={[
            {
              validator: async (_rule, value) => {
                if (!value) throw new Error(t('problems.NoduleGuidelineUnconfirmed'))
              },
            },
          ]}
        >
          <Checkbox>{t('setting.confirmed')}</Checkbox>
        </Form.Item>
      )}
    </>
  )
}

interface RowFieldsProps {
  row: string
  label: string
  form: ReturnType<typeof Form.useForm<Values>>[0]
}

function RowFields({ row, label, form }: RowFieldsProps) {
  const t = useT('nodule')
  const act = Form.useWatch(['rows', row, 'act'], form) as PlanValues['act'] | undefined
  return (
    <Columns minPx={180}>
      <Field name={['rows', row, 'act']} label={label} required>
        <Select options={ACTS.map((value) => ({ value, label: t(`setting.act.${value}`) }))} />
      </Field>
      {act === 'recheck' && (
        <>
          <Field
            name={['rows', row, 'months']}
            label={t('setting.months')}
            required
            rules={[
              {
                validator: async (_rule, months: string) => {
                  if (months && !planOf({ act: 'recheck', months })) throw new Error(t('problems.NoduleRowsWrong'))
                },
              },
            ]}
          >
            <Input inputMode="numeric" />
          </Field>
          <Field name={['rows', row, 'then']} label={t('setting.then')}>
            <Select
              options={[
                { value: 'repeat', label: t('setting.thenRepeat') },
                { value: 'doctor', label: t('setting.thenDoctor') },
              ]}
            />
          </Field>
        </>
      )}
    </Columns>
  )
}
