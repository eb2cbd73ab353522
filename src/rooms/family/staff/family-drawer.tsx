import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Card, DateText, Empty, Loading, ProblemAlert, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { familyOf } from '../contract/staff.ts'
import { InviteForm } from './invite-form.tsx'
import { Relative } from './relative.tsx'
import { TheLink } from './the-link.tsx'

/** 家人: whom the person has let in; staff may write down their word, and take it back on their word. */
export function FamilyDrawer({ patientId }: { patientId: string }) {
  const t = useT('family')
  const [isAdding, setAdding] = useState(false)
  const [link, setLink] = useState<string>()
  const { data, error, refetch } = useApi(familyOf, { params: { patientId: patientId as never } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  if (link) return <TheLink link={link} onClose={() => setLink(undefined)} />
  const lack = !data.isActive ? 'staff.gone' : data.ready ? undefined : 'staff.notReady'
  return (
    <Stack>
      <p>{t('staff.about')}</p>
      {data.ownAgeSoonOn ? (
        <Alert
          type="info"
          title={
            <>
              <DateText date={data.ownAgeSoonOn} /> {t('staff.ownAge.soon')}
            </>
          }
          description={t('staff.ownAge.what')}
        />
      ) : (
        data.forGuardian && <p>{t('staff.aboutChild')}</p>
      )}
      <span className="pb-hint">{t('staff.never')}</span>
      {lack && <Alert type="info" title={t(lack)} />}
      {!lack && !isAdding && (
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('staff.add')}
        </Button>
      )}
      {isAdding && (
        <InviteForm
          patientId={patientId}
          onDone={(told) => {
            setAdding(false)
            setLink(told)
          }}
        />
      )}
      {data.rows.length === 0 && !isAdding && <Empty title={t('staff.none')} />}
      {data.rows.map((one) => (
        <Card key={one.id}>
          <Relative patientId={patientId} one={one} onLink={setLink} />
        </Card>
      ))}
    </Stack>
  )
}
