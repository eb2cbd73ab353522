import { Form, Input, Select } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { listPatientTags, listRules, setManualTag } from '../contract/tag.ts'
import { tagTimeline } from '../contract/timeline.ts'
import { TagWhy } from './tag-why.tsx'
import { useBilingual } from './words.ts'

/** Days for which a tag by hand is most often meant. */
const DAYS = [30, 90, 180, 365]

interface Values {
  code: string
  note?: string
  /** 0: until it is removed. */
  days: number
}

export interface AddTagDrawerProps {
  patientId: string
  open: boolean
  onClose: () => void
}

/** Sets a tag by hand, chosen from those that are published. */
export function AddTagDrawer({ patientId, open, onClose }: AddTagDrawerProps) {
  const t = useT('tag')
  const say = useSay()
  const words = useBilingual()
  const { data } = useApi(listRules, {}, { enabled: open })
  const add = useAction(setManualTag, { invalidates: [listPatientTags, tagTimeline] })
  const published = (data?.rules ?? []).filter(({ state }) => state === 'published')
  const [form] = Form.useForm<Values>()
  const code = Form.useWatch('code', form)
  const byRule = published.find((one) => one.code === code)?.definition.condition
  const groups = [...Map.groupBy(published, ({ definition }) => words(definition.group.name))]
  const send = async ({ code, note = '', days }: Values) => {
    const { set } = await add.mutateAsync({
      params: { patientId: patientId as never },
      body: { code, note, days: days === 0 ? null : days },
    })
    const rule = published.find((one) => one.code === code)
    onClose()
    say.done(t(set ? 'add.done' : 'add.standing', { name: rule ? words(rule.definition.name) : code }))
  }
  return (
    <SideDrawer title={t('add.title')} open={open} onClose={onClose} widthPx={440}>
      <p>{t('add.hint')}</p>
      <DraftForm<Values>
        name={`add-tag-${patientId}`}
        form={form}
        keepDraft={false}
        initial={{ days: 0 }}
        submit={t('chips.add')}
        onSubmit={send}
        onCancel={onClose}
      >
        <Field name="code" label={t('add.tag')} required>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={groups.map(([label, rules]) => ({
              label,
              options: rules.map(({ code, definition }) => ({ value: code, label: words(definition.name) })),
            }))}
          />
        </Field>
        {/* One by a rule that does not hold: what is lacking stands here before it is set by hand. */}
        {code && byRule && open && (
          <div style={{ marginBottom: 16 }}>
            <TagWhy patientId={patientId} code={code} />
          </div>
        )}
        <Field name="days" label={t('add.days')}>
          <Select
            options={[
              { value: 0, label: t('add.forever') },
              ...DAYS.map((days) => ({ value: days, label: t('add.someDays', { days }) })),
            ]}
          />
        </Field>
        <Field name="note" label={t('add.note')}>
          <Input.TextArea rows={2} maxLength={200} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
