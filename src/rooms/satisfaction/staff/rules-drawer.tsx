import { Form, Input, InputNumber, Select, Switch } from 'antd'
import {
  DraftForm,
  Field,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { changeRules, getRules, OPEN_DAYS, type SatisfactionPolicy } from '../contract/rule.ts'
import { getSatisfaction } from '../contract/satisfaction.ts'
import { CLASSES } from '../contract/words.ts'

type Rules = OutputOf<typeof getRules>

/** Whether people are asked, how often, about which visits, and who sees to low scores. */
export function RulesDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT('satisfaction')
  const { data, error, refetch } = useApi(getRules, {}, { enabled: open })
  return (
    <SideDrawer title={t('rules.title')} open={open} onClose={onClose}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <RulesForm key={data.current.version} rules={data} onDone={onClose} />}
    </SideDrawer>
  )
}

interface Values extends Omit<SatisfactionPolicy, 'ownerId'> {
  ownerId?: string
  because?: string
}

function RulesForm({ rules, onDone }: { rules: Rules; onDone: () => void }) {
  const t = useT('satisfaction')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const { policy, version } = rules.current
  const save = useAction(changeRules, {
    invalidates: [getRules, getSatisfaction],
    onDone: () => {
      say.done(t('rules.saved'))
      onDone()
    },
  })
  return (
    <Stack>
      <DraftForm<Values>
        name={`satisfaction-rules-${version}`}
        form={form}
        initial={{ ...policy, ownerId: policy.ownerId ?? '' }}
        submit={t('rules.save')}
        onCancel={onDone}
        keepDraft={false}
        onSubmit={({ ownerId, because = '', ...rest }) =>
          save.mutateAsync({
            body: { policy: { ...rest, ownerId: (ownerId || null) as never }, version, because },
          })
        }
      >
        <Field name="on" label={t('rules.on')} required valuePropName="checked" extra={t('rules.onHint')}>
          <Switch />
        </Field>
        <Field name="gapDays" label={t('rules.gapDays')} required extra={t('rules.gapHint')}>
          <InputNumber min={OPEN_DAYS} max={365} precision={0} />
        </Field>
        <Field name="waitHours" label={t('rules.waitHours')} required extra={t('rules.waitHint')}>
          <InputNumber min={1} max={120} precision={0} />
        </Field>
        <Field name="classes" label={t('rules.classes')} required>
          <Select mode="multiple" options={CLASSES.map((value) => ({ value, label: t(`class.${value}`) }))} />
        </Field>
        <Field name="ownerId" label={t('rules.owner')} extra={t('rules.ownerHint')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: t('rules.quality') },
              ...rules.owners.map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
          />
        </Field>
        <Field name="because" label={t('rules.because')} required>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
      {[rules.current, ...rules.history].map(
        ({ version: nth, by, at, because }) =>
          by && (
            <p key={nth} className="pb-hint">
              {t('rules.by', { by, because })} {at && <InstantText at={at} />}
            </p>
          ),
      )}
    </Stack>
  )
}
