import { Form, Input, Radio, Switch } from 'antd'
import {
  DateInput,
  DraftForm,
  Field,
  SideDrawer,
  Stack,
  useAction,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  CONSENT_WAYS,
  enrolChild,
  giveOwnConsent,
  type ConsentRelation,
  type ConsentWay,
  type getProgramme,
} from '../contract/growth.ts'
import { CHANGED } from './changed.ts'
import { useWords } from './words.ts'

type Programme = OutputOf<typeof getProgramme>
const GUARDIANS = ['mother', 'father', 'grandparent', 'other-guardian'] as const

interface Values {
  relation?: ConsentRelation
  name: string
  givenOn: string
  way: ConsentWay
  guardianToldOn?: string
  goOnUntil18?: boolean
}

/** The text, read together, and who agreed to it: `enrol` takes the child in, `own` is the young person's own from 14. */
export function ConsentDrawer({
  patientId,
  programme,
  kind,
  open,
  onClose,
}: {
  patientId: string
  programme: Programme
  kind: 'enrol' | 'own'
  open: boolean
  onClose: () => void
}) {
  const t = useT('growth')
  return (
    <SideDrawer
      title={t(kind === 'own' ? 'consent.ownTitle' : 'programme.enrol')}
      open={open}
      onClose={onClose}
      widthPx={520}
    >
      <Stack>
        <TheText text={programme.text} />
        <ConsentForm patientId={patientId} programme={programme} kind={kind} onDone={onClose} />
      </Stack>
    </SideDrawer>
  )
}

function TheText({ text }: { text: Programme['text'] }) {
  const t = useT('growth')
  const inWords = useWords()
  return (
    <section aria-label={inWords(text.title)}>
      <h3>{inWords(text.title)}</h3>
      <p className="pb-hint">{t('consent.textHint', { version: text.version })}</p>
      {text.points.map(({ heading, text: words }) => (
        <p key={heading.en} style={{ margin: '6px 0' }}>
          <strong>{inWords(heading)}</strong> {inWords(words)}
        </p>
      ))}
    </section>
  )
}

function ConsentForm({
  patientId,
  programme,
  kind,
  onDone,
}: {
  patientId: string
  programme: Programme
  kind: 'enrol' | 'own'
  onDone: () => void
}) {
  const t = useT('growth')
  const say = useSay()
  const today = useToday()
  const [form] = Form.useForm<Values>()
  const isOwn = kind === 'own' || programme.asksOwnConsent
  const done = { invalidates: CHANGED, onDone: () => (say.done(t('consent.said')), onDone()) }
  const enrol = useAction(enrolChild, done)
  const own = useAction(giveOwnConsent, done)
  const params = { patientId: patientId as never }
  const send = async ({ relation, goOnUntil18, ...given }: Values) => {
    const whole = { ...given, textVersion: programme.text.version }
    if (kind === 'own')
      await own.mutateAsync({
        params,
        body: { ...whole, guardianToldOn: given.guardianToldOn ?? today, goOnUntil18: goOnUntil18 ?? false },
      })
    else await enrol.mutateAsync({ params, body: { consent: { ...whole, relation: isOwn ? 'self' : relation! } } })
  }
  const { guardian } = programme
  const known = !isOwn && guardian ? { relation: guardian.relation as ConsentRelation, name: guardian.name } : {}
  return (
    <DraftForm<Values>
      name={`growth-consent-${patientId}-${kind}`}
      form={form}
      initial={{ givenOn: today, way: 'paper', ...known }}
      keepDraft={false}
      submit={t(kind === 'own' ? 'consent.save' : 'consent.enrol')}
      onSubmit={send}
      onCancel={onDone}
    >
      {!isOwn && (
        <Field name="relation" label={t('consent.relation')} required>
          <Radio.Group options={GUARDIANS.map((value) => ({ value, label: t(`relation.${value}`) }))} />
        </Field>
      )}
      <Field
        name="name"
        label={t(isOwn ? 'consent.ownName' : 'consent.name')}
        required
        {...(known.name ? { from: t('consent.fromFile') } : {})}
      >
        <Input maxLength={60} />
      </Field>
      <Field name="givenOn" label={t('consent.on')} required>
        <DateInput />
      </Field>
      <Field name="way" label={t('consent.way')} required>
        <Radio.Group options={CONSENT_WAYS.map((value) => ({ value, label: t(`way.${value}`) }))} />
      </Field>
      {isOwn && (
        <Field name="guardianToldOn" label={t('consent.told')} required extra={t('consent.toldHint')}>
          <DateInput />
        </Field>
      )}
      {kind === 'own' && (
        <Field name="goOnUntil18" label={t('consent.until18')} valuePropName="checked">
          <Switch />
        </Field>
      )}
    </DraftForm>
  )
}
