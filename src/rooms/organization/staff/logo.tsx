import { Button, Upload } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemAlert, Row, Stack, upload, useAction, useT } from '../../../platform/web/index.ts'
import { getOrganization, putLogo, removeLogo } from '../contract/organization.ts'

/** The logo as it stands, its replacement and its removal. */
export function Logo({ version }: { version: string | null }) {
  const t = useT('organization')
  const client = useQueryClient()
  const [problem, setProblem] = useState<Error>()
  const [sending, setSending] = useState(false)
  const remove = useAction(removeLogo, { invalidates: [getOrganization] })
  const send = async (file: File) => {
    setSending(true)
    setProblem(undefined)
    try {
      await upload(putLogo, file)
      await client.invalidateQueries({ queryKey: [getOrganization.name] })
    } catch (error) {
      setProblem(error as Error)
    } finally {
      setSending(false)
    }
  }
  return (
    <Stack tight>
      <ProblemAlert problem={problem ?? remove.error} />
      {version ? (
        // White behind it: most logos are made for paper.
        <img src={`/api/organization/logo?v=${version}`} alt={t('logo.alt')} style={{ maxWidth: '100%', maxHeight: 120, objectFit: 'contain', alignSelf: 'flex-start', background: '#fff', padding: 12, borderRadius: 8 }} />
      ) : (
        <p>{t('logo.none')}</p>
      )}
      <p className="pb-hint">{t('logo.rule')}</p>
      <Row>
        <Upload
          accept="image/png"
          showUploadList={false}
          beforeUpload={(file) => {
            void send(file)
            return false
          }}
        >
          <Button loading={sending}>{t(version ? 'logo.replace' : 'logo.choose')}</Button>
        </Upload>
        {version && (
          <Button loading={remove.isPending} onClick={() => remove.mutate({})}>
            {t('logo.remove')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}
