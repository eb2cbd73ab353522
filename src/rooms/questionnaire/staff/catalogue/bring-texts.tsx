import '../designer/designer.css'
import './template.css'
import { DownloadOutlined } from '@ant-design/icons'
import { Button, Input, Upload } from 'antd'
import { useState } from 'react'
import { Card, ProblemAlert, Row, Stack, upload, useT } from '../../../../platform/web/index.ts'
import { readTemplateSheet } from '../../contract/templates.ts'
import { Labelled } from '../designer/labelled.tsx'
import { saveFile } from './save-file.ts'
import {
  emptySheet,
  textsFromPaste,
  textsFromRows,
  type BroughtTexts,
  type GivenText,
  type Template,
  type TextFault,
} from './template-texts.ts'

/** Words by file or pasted: what was found, and what of it does not fit the scale. */
export function BringTexts({
  template,
  texts,
  language,
  onBrought,
}: {
  template: Template
  texts: ReadonlyMap<string, GivenText>
  language: 'zh' | 'en'
  onBrought: (texts: BroughtTexts['texts']) => void
}) {
  const t = useT('questionnaire')
  const [pasted, setPasted] = useState('')
  const [found, setFound] = useState<BroughtTexts>()
  const [problem, setProblem] = useState<Error>()
  const take = (brought: BroughtTexts) => {
    setProblem(undefined)
    setFound(brought)
    onBrought(brought.texts)
  }
  const takeFile = async (file: File) => {
    try {
      if (/\.json$/i.test(file.name)) take(textsFromPaste(template, await file.text()))
      else take(textsFromRows(template, (await upload(readTemplateSheet, file)).rows))
    } catch (error) {
      setProblem(error as Error)
    }
  }
  const heads = [
    t('template.head.code'),
    t('template.head.what'),
    t('template.head.zh'),
    t('template.head.en'),
  ] as const
  return (
    <Card title={t('template.bring')}>
      <Stack>
        <p>{t('template.bringHint')}</p>
        <Row>
          <Button
            icon={<DownloadOutlined />}
            onClick={() => saveFile(`${template.code}.csv`, 'text/csv', emptySheet(template, texts, heads, language))}
          >
            {t('template.download')}
          </Button>
        </Row>
        <Upload.Dragger
          accept=".xlsx,.csv,.json"
          showUploadList={false}
          beforeUpload={(file) => {
            void takeFile(file as unknown as File)
            return false
          }}
        >
          <p>{t('template.drop')}</p>
          <p className="pb-hint">{t('template.dropHint')}</p>
        </Upload.Dragger>
        <ProblemAlert problem={problem} />
        <Labelled label={t('import.paste')} hint={t('template.pasteHint')} wide>
          <Input.TextArea
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={pasted}
            onChange={({ target }) => setPasted(target.value)}
          />
        </Labelled>
        <Row>
          <Button
            disabled={pasted.trim() === ''}
            onClick={() => {
              const brought = textsFromPaste(template, pasted)
              take(brought)
              if (brought.faults.length === 0) setPasted('')
            }}
          >
            {t('import.read')}
          </Button>
        </Row>
        {found && <Findings found={found} />}
      </Stack>
    </Card>
  )
}

function Findings({ found }: { found: BroughtTexts }) {
  const t = useT('questionnaire')
  const words = (fault: TextFault) => t(`template.fault.${fault.kind}`, { ...fault })
  return (
    <div role="status">
      <p>{t('template.found', { count: found.texts.size })}</p>
      {found.faults.length > 0 && (
        <ul className="pb-design-changes pb-design-bad">
          {found.faults.map((fault, at) => (
            <li key={at}>{words(fault)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
