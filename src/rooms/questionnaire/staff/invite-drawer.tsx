import { CopyOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, QRCode, Select } from 'antd'
import { useState } from 'react'
import {
  DateInput,
  DraftForm,
  Field,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  call,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { useQueryClient } from '@tanstack/react-query'
import { invitationsOf, invitePatient, listDefinitions } from '../contract/questionnaire.ts'
import { useWords } from './response-row.tsx'

/** Choose a questionnaire; then the link, to be shown as a code at the desk or copied into a message. It is shown once. */
export function InviteDrawer({ patientId, open, onClose }: { patientId: string; open: boolean; onClose: () => void }) {
  const t = useT('questionnaire')
  const [link, setLink] = useState<string>()
  const close = () => {
    setLink(undefined)
    onClose()
  }
  return (
    <SideDrawer title={t('invite.title')} open={open} onClose={close} widthPx={420}>
      {link ? (
        <TheLink link={link} onClose={close} />
      ) : (
        <Choose patientId={patientId} onLink={setLink} onCancel={close} />
      )}
    </SideDrawer>
  )
}

interface Wish {
  code: string
  byEmail?: boolean
  remindAfterDays?: number[]
  closesOn?: string
  visitOn?: string
}

const REMIND_DAYS = [1, 2, 3, 5, 7, 10, 14, 21, 30]

function Choose({
  patientId,
  onLink,
  onCancel,
}: {
  patientId: string
  onLink: (link: string) => void
  onCancel: () => void
}) {
  const t = useT('questionnaire')
  const inWords = useWords()
  const client = useQueryClient()
  const say = useSay()
  const { data, error, refetch } = useApi(listDefinitions)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={3} />
  const send = async ({ code, byEmail = false, remindAfterDays = [], closesOn, visitOn }: Wish) => {
    const closesAt = closesOn ? new Date(`${closesOn}T23:59:00`).toISOString() : null
    const visit = visitOn ? { kind: 'planned' as const, id: null, on: visitOn } : null
    const body = { code, byEmail, remindAfterDays, closesAt, visit }
    const { link } = await call(invitePatient, { params: { patientId: patientId as never }, body })
    if (byEmail) {
      say.done(t('invite.mailed'))
      onCancel()
    } else onLink(link)
    await client.invalidateQueries({ queryKey: [invitationsOf.name] })
  }
  return (
    <DraftForm<Wish>
      name={`questionnaire-invite-${patientId}`}
      keepDraft={false}
      submit={t('invite.make')}
      onSubmit={send}
      onCancel={onCancel}
    >
      <Field name="code" label={t('invite.which')} required>
        <Select
          showSearch
          listHeight={420}
          optionFilterProp="label"
          options={data.rows
            .filter(({ state }) => state === 'active')
            .map(({ code, title, questions }) => ({
              value: code,
              label: `${inWords(title)} · ${t('fill.questions', { count: questions })}`,
            }))}
        />
      </Field>
      <Field name="visitOn" label={t('invite.visitOn')} extra={t('invite.visitHint')}>
        <DateInput />
      </Field>
      <Field name="closesOn" label={t('invite.closesOn')}>
        <DateInput />
      </Field>
      <Field name="remindAfterDays" label={t('invite.remind')} extra={t('invite.remindHint')}>
        <Select
          mode="multiple"
          maxCount={3}
          options={REMIND_DAYS.map((days) => ({ value: days, label: t('invite.afterDays', { count: days }) }))}
        />
      </Field>
      <Field name="byEmail" label={t('invite.how')} valuePropName="checked">
        <Checkbox>{t('invite.byEmail')}</Checkbox>
      </Field>
    </DraftForm>
  )
}

function TheLink({ link, onClose }: { link: string; onClose: () => void }) {
  const t = useT('questionnaire')
  const say = useSay()
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    say.done(t('invite.copied'))
  }
  return (
    <Stack>
      <p>{t('invite.hint')}</p>
      {/* The same link stands below in words, for whoever cannot see the code. */}
      <div aria-hidden="true">
        <QRCode type="svg" value={link} size={220} bordered={false} />
      </div>
      <Input.TextArea readOnly autoSize value={link} aria-label={t('invite.link')} />
      <Row>
        <Button type="primary" icon={<CopyOutlined />} onClick={() => void copy()}>
          {t('invite.copy')}
        </Button>
        <Button onClick={onClose}>{t('invite.done')}</Button>
      </Row>
    </Stack>
  )
}
