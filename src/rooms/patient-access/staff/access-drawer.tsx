import { MailOutlined, QrcodeOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Loading, ProblemAlert, Row, Stack, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/endpoint.ts'
import { mailWay, showWay, waysOf } from '../contract/ways.ts'
import { TheCode } from './the-code.tsx'
import { SessionList, WayList } from './way-list.tsx'

type Ways = OutputOf<typeof waysOf>

/** 我的健康: give a person the way to their own pages, by a code here or by e-mail, and take it back. */
export function AccessDrawer({ patientId }: { patientId: string }) {
  const { data, error, refetch } = useApi(waysOf, { params: { patientId: patientId as never } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  return (
    <Stack>
      <Give patientId={patientId} ways={data} />
      <SessionList patientId={patientId} sessions={data.sessions} />
      <WayList patientId={patientId} ways={data.ways} />
    </Stack>
  )
}

/** Why no way can be given. */
function lackOf({ isActive, hasBirthDate, forGuardian, hasGuardian }: Ways): string | undefined {
  if (!isActive) return 'staff.gone'
  if (!hasBirthDate) return 'staff.birthDateWanted'
  return forGuardian && !hasGuardian ? 'staff.guardianWanted' : undefined
}

function Give({ patientId, ways }: { patientId: string; ways: Ways }) {
  const t = useT('patient-access')
  const say = useSay()
  const [link, setLink] = useState<string>()
  const invalidates = [waysOf]
  const show = useAction(showWay, { invalidates, onDone: (answer) => setLink(answer.link) })
  const mail = useAction(mailWay, {
    invalidates,
    onDone: (answer) => say.done(t('staff.mailed', { address: answer.toMasked })),
  })
  const input = { params: { patientId: patientId as never } }
  const lacking = lackOf(ways)
  if (lacking) return <Alert type="info" title={t(lacking)} />
  return (
    <Stack tight>
      <p>{t(ways.forGuardian ? 'staff.aboutChild' : 'staff.about')}</p>
      {link ? (
        <TheCode link={link} onClose={() => setLink(undefined)} />
      ) : (
        <Row>
          <Button type="primary" icon={<QrcodeOutlined />} loading={show.isPending} onClick={() => show.mutate(input)}>
            {t('staff.show')}
          </Button>
          {ways.emailMasked && (
            <Button icon={<MailOutlined />} loading={mail.isPending} onClick={() => mail.mutate(input)}>
              {t('staff.mail', { address: ways.emailMasked })}
            </Button>
          )}
        </Row>
      )}
      {!ways.emailMasked && (
        <span className="pb-hint">{t(ways.forGuardian ? 'staff.noGuardianMail' : 'staff.noMail')}</span>
      )}
      <ProblemAlert problem={show.error ?? mail.error} />
    </Stack>
  )
}
