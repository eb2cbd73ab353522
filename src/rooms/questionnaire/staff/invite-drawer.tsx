import { CopyOutlined } from '@ant-design/icons'
import { Button, Input, QRCode, Select } from 'antd'
import { useState } from 'react'
import {
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
  const { data, error, refetch } = useApi(listDefinitions)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={3} />
  const send = async ({ code }: { code: string }) => {
    const { link } = await call(invitePatient, { params: { patientId: patientId as never }, body: { code } })
    onLink(link)
    await client.invalidateQueries({ queryKey: [invitationsOf.name] })
  }
  return (
    <DraftForm<{ code: string }>
      name={`questionnaire-invite-${patientId}`}
      keepDraft={false}
      submit={t('invite.make')}
      onSubmit={send}
      onCancel={onCancel}
    >
      <Field name="code" label={t('invite.which')} required>
        <Select
          showSearch
          optionFilterProp="label"
          options={data.rows
            .filter(({ state }) => state === 'active')
            .map(({ code, title, questions }) => ({
              value: code,
              label: `${inWords(title)} · ${t('fill.questions', { count: questions })}`,
            }))}
        />
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
