import { Form, Input, InputNumber, Switch } from 'antd'
import {
  Card,
  Columns,
  DraftForm,
  Field,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Stack,
  useAction,
  useApi,
  useLocale,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { changeLine, changeSettings, readSettings, type RecordingSettings } from '../contract/settings.ts'
import { TranscribePart } from './transcribe-part.tsx'

/** 录音设置: on or off, how long each class is kept, what people are told. */
export function SettingsPage() {
  const t = useT('recording')
  const { data, error, refetch } = useApi(readSettings)
  return (
    <Page title={t('settings.title')} hint={t('settings.hint')}>
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      {data && (
        <Stack>
          <Card title={t('settings.when')}>
            <Rules key={data.revision} settings={data} />
          </Card>
          <Card title={t('settings.text.title')}>
            <TranscribePart settings={data} />
          </Card>
          <Card title={t('settings.line')}>
            <Line key={data.line.version} settings={data} />
          </Card>
        </Stack>
      )}
    </Page>
  )
}

interface RuleValues {
  enabled: boolean
  classes: Record<string, { enabled: boolean; keepMonths: number }>
}

function Rules({ settings }: { settings: RecordingSettings }) {
  const t = useT('recording')
  const say = useSay()
  const save = useAction(changeSettings, { invalidates: [readSettings], onDone: () => say.done(t('settings.saved')) })
  const initial: RuleValues = {
    enabled: settings.enabled,
    classes: Object.fromEntries(
      settings.classes.map(({ code, enabled, keepMonths }) => [code, { enabled, keepMonths }]),
    ),
  }
  const submit = ({ enabled, classes }: RuleValues) =>
    save.mutateAsync({
      body: {
        enabled,
        classes: settings.classes.map(({ code }) => ({ code, ...classes[code]! })),
        revision: settings.revision,
      },
    })
  return (
    <DraftForm<RuleValues>
      name={`recording-settings-${settings.revision}`}
      initial={initial}
      submit={t('settings.save')}
      onSubmit={submit}
      keepDraft={false}
    >
      <Field name="enabled" label={t('settings.enabled')} required valuePropName="checked">
        <Switch />
      </Field>
      <Columns minPx={260}>
        {settings.classes.map((one) => (
          <ClassRule key={one.code} one={one} />
        ))}
      </Columns>
      {settings.changed && (
        <p className="pb-hint">
          {settings.changed.by} <InstantText at={settings.changed.at} />
        </p>
      )}
    </DraftForm>
  )
}

function ClassRule({ one }: { one: RecordingSettings['classes'][number] }) {
  const t = useT('recording')
  const locale = useLocale()
  return (
    <section>
      <h3>{t(`class.${one.code}`)}</h3>
      <Field
        name={['classes', one.code, 'enabled']}
        label={t('settings.classEnabled')}
        required
        valuePropName="checked"
      >
        <Switch />
      </Field>
      <Field
        name={['classes', one.code, 'keepMonths']}
        label={t('settings.keepMonths')}
        required
        from={t('settings.atLeast', { months: one.minMonths })}
      >
        <InputNumber min={one.minMonths} max={600} precision={0} />
      </Field>
      <p className="pb-hint">{locale === 'en' ? one.source.en : one.source.zh}</p>
    </section>
  )
}

interface LineValues {
  zh: string
  en: string
  transcript: boolean
}

function Line({ settings }: { settings: RecordingSettings }) {
  const t = useT('recording')
  const say = useSay()
  const { line } = settings
  const save = useAction(changeLine, { invalidates: [readSettings], onDone: () => say.done(t('settings.lineSaved')) })
  const [form] = Form.useForm<LineValues>()
  return (
    <DraftForm<LineValues>
      name={`recording-line-${line.version}`}
      form={form}
      initial={{ ...line.text, transcript: line.transcript }}
      submit={t('settings.newVersion')}
      onSubmit={({ transcript, ...text }) => save.mutateAsync({ body: { text, transcript, version: line.version } })}
    >
      <p className="pb-hint">{t('settings.lineHint')}</p>
      <Field name="zh" label={t('settings.lineZh')} required>
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={300} />
      </Field>
      <Field name="en" label={t('settings.lineEn')} required>
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={600} />
      </Field>
      <Field
        name="transcript"
        label={t('settings.lineTells')}
        required
        valuePropName="checked"
        from={t('settings.lineTellsHint')}
      >
        <Switch />
      </Field>
      <p className="pb-hint">
        {line.version === 0 ? t('settings.lineShipped') : t('settings.lineVersion', { version: line.version })}
        {line.changed && (
          <>
            {' · '}
            {line.changed.by} <InstantText at={line.changed.at} />
          </>
        )}
      </p>
    </DraftForm>
  )
}
