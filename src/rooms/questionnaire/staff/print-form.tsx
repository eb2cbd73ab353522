import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { openFile, useSay, useT, type ApiProblem } from '../../../platform/web/index.ts'
import { printBlank, printResponse } from '../contract/print.ts'

/** Opens an answered questionnaire as a PDF in a tab of its own. */
export function PrintAnswers({
  patientId,
  responseId,
  small = false,
}: {
  patientId: string
  responseId: string
  small?: boolean
}) {
  const t = useT('questionnaire')
  const params = { patientId: patientId as never, responseId: responseId as never }
  return <PrintButton label={t('printed.print')} small={small} open={() => openFile(printResponse, { params })} />
}

/** The same blank, to be answered with a pen. */
export function PrintBlank({
  code,
  version,
  name,
  small = false,
}: {
  code: string
  version: number
  /** Of the questionnaire, for readers who do not see the row. */
  name: string
  /** In a list, below a heading that says what is printed. */
  small?: boolean
}) {
  const t = useT('questionnaire')
  return (
    <PrintButton
      label={t(small ? 'printed.print' : 'printed.blank')}
      of={name}
      small={small}
      open={() => openFile(printBlank, { params: { code, version: String(version) as never } })}
    />
  )
}

interface PrintButtonProps {
  label: string
  of?: string
  small?: boolean
  open: () => Promise<void>
}

function PrintButton({ label, of, small = false, open }: PrintButtonProps) {
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const print = async () => {
    setBusy(true)
    try {
      await open()
    } catch (problem) {
      say.problem(problem as ApiProblem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      icon={<PrinterOutlined />}
      loading={busy}
      size={small ? 'small' : 'middle'}
      {...(of ? { 'aria-label': `${label} ${of}` } : {})}
      onClick={() => void print()}
    >
      {label}
    </Button>
  )
}
