import { Button, Input, Upload } from 'antd'
import { useState } from 'react'
import { Go, ProblemAlert, SideDrawer, Stack, useAction, useT } from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import { listProtocols } from '../../contract/catalogue.ts'
import { importPathway } from '../../contract/plan-definition.ts'
import { protocolCode } from '../../contract/words.ts'
import { useSaid } from '../words.ts'

/** FHIR JSON by file or pasted, landed as a draft; what was not understood is named, place by place. */
export function ImportDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT('follow-up')
  const said = useSaid()
  const [text, setText] = useState('')
  const [code, setCode] = useState('')
  const [isBad, setBad] = useState(false)
  const bring = useAction(importPathway, { invalidates: [listProtocols] })
  const send = () => {
    const resource = parsed(text)
    setBad(resource === undefined)
    if (resource) bring.mutate({ body: { resource: resource as never, ...(code ? { code } : {}) } })
  }
  const isCode = code === '' || protocolCode.safeParse(code).success
  const { data } = bring
  return (
    <SideDrawer title={t('exchange.importTitle')} open={open} onClose={onClose}>
      {data ? (
        <Stack>
          <p>{t('exchange.landed', { name: said(data.definition.name), version: data.version })}</p>
          {data.notUnderstood.length === 0 ? (
            <p>{t('exchange.allUnderstood')}</p>
          ) : (
            <section aria-label={t('exchange.notUnderstood', { count: data.notUnderstood.length })}>
              <h3 className="pb-path-h3">{t('exchange.notUnderstood', { count: data.notUnderstood.length })}</h3>
              <ul className="pb-path-changes">
                {data.notUnderstood.map(({ path, why, text: line }) => (
                  <li key={`${path} ${why}`}>{said(line)}</li>
                ))}
              </ul>
            </section>
          )}
          <Go to={`/protocols/${data.code}/design`}>{t('exchange.goOn')}</Go>
        </Stack>
      ) : (
        <Stack>
          <Upload.Dragger
            accept=".json"
            showUploadList={false}
            beforeUpload={(file) => {
              void (file as unknown as File).text().then(setText)
              return false
            }}
          >
            <p>{t('exchange.drop')}</p>
          </Upload.Dragger>
          <Labelled label={t('exchange.paste')}>
            <Input.TextArea
              autoSize={{ minRows: 4, maxRows: 10 }}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </Labelled>
          <Labelled label={t('exchange.code')} hint={t('exchange.codeHint')}>
            <Input
              value={code}
              status={isCode ? '' : 'error'}
              onChange={({ target }) => setCode(target.value.trim())}
            />
          </Labelled>
          {isBad && (
            <p role="alert" className="pb-danger">
              {t('exchange.noJson')}
            </p>
          )}
          <ProblemAlert problem={bring.error} />
          <Button type="primary" disabled={text.trim() === '' || !isCode} loading={bring.isPending} onClick={send}>
            {t('exchange.bring')}
          </Button>
        </Stack>
      )}
    </SideDrawer>
  )
}

function parsed(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
