import { Button, Checkbox, Form, Input, Radio, Select } from 'antd'
import { Field, ProblemAlert, useAction, useT } from '../../../platform/web/index.ts'
import { PROXY_SCOPES, type ProxyScope } from '../../../platform/contract/endpoint.ts'
import { familyOf, inviteFor } from '../contract/staff.ts'
import { MONTHS, RELATIONS, WORD_KINDS, type Relation, type WordKind } from '../contract/words.ts'

/** Looking goes with all of it. */
const MORE = PROXY_SCOPES.filter((scope) => scope !== 'view')

interface Values {
  name: string
  relation: Relation
  phone: string
  more: ProxyScope[]
  months: (typeof MONTHS)[number]
  wordKind: WordKind
  wordNote: string
}

/** The patient's word, written down: who is let in, for what, how long, and how one knows. */
export function InviteForm({ patientId, onDone }: { patientId: string; onDone: (link: string) => void }) {
  const t = useT('family')
  const invite = useAction(inviteFor, { invalidates: [familyOf], onDone: ({ link }) => onDone(link) })
  const send = ({ wordKind, wordNote, more, ...values }: Values) =>
    invite.mutate({
      params: { patientId: patientId as never },
      body: { ...values, scopes: ['view', ...more], word: { kind: wordKind, note: wordNote } },
    })
  return (
    <Form<Values>
      layout="vertical"
      initialValues={{ relation: 'child', more: [], months: 12, wordKind: 'in-person' }}
      onFinish={send}
    >
      <ProblemAlert problem={invite.error} />
      <Field name="name" label={t('staff.name')} required>
        <Input maxLength={40} autoComplete="off" />
      </Field>
      <Field name="relation" label={t('staff.relation')} required>
        <Select options={RELATIONS.map((value) => ({ value, label: t(`my.relation.${value}`) }))} />
      </Field>
      <Field name="phone" label={t('staff.phone')} required>
        <Input maxLength={30} inputMode="tel" autoComplete="off" />
      </Field>
      <Field name="more" label={t('staff.scopes')} extra={t('staff.scopesHint')}>
        <Checkbox.Group options={MORE.map((value) => ({ value, label: t(`staff.scope.${value}`) }))} />
      </Field>
      <Field name="months" label={t('staff.months')} required>
        <Select options={MONTHS.map((value) => ({ value, label: t(`my.form.month.${value}`) }))} />
      </Field>
      <Field name="wordKind" label={t('staff.wordKind')} required>
        <Radio.Group options={WORD_KINDS.map((value) => ({ value, label: t(`staff.word.${value}`) }))} />
      </Field>
      <Field name="wordNote" label={t('staff.wordNote')} required extra={t('staff.wordNoteHint')}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
      </Field>
      <Button type="primary" htmlType="submit" loading={invite.isPending}>
        {t('staff.save')}
      </Button>
    </Form>
  )
}
