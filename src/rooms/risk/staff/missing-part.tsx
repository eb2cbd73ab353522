import { Button } from 'antd'
import { Row, Stack, useOpened, useT } from '../../../platform/web/index.ts'
import type { RiskLine } from '../contract/risk.ts'
import { useBilingual, valueWords } from './words.ts'

/** What stands in the way of a result, in words, with the way to mend it. */
export function MissingPart({ line, canFill }: { line: RiskLine; canFill: boolean }) {
  const t = useT('risk')
  const words = useBilingual()
  const fill = useOpened('fill')
  const required = line.missing.filter(({ optional }) => !optional)
  const optional = line.missing.filter((one) => one.optional)
  const names = (some: typeof required) => some.map(({ label }) => words(label)).join(t('missing.separator'))
  if (line.missing.length === 0 && line.outOfRange.length === 0) return null
  return (
    <Stack tight>
      <RangeFaults line={line} />
      {required.length > 0 && (
        <p>
          {t('missing.title')}
          {t('missing.colon')}
          {names(required)}
        </p>
      )}
      {optional.length > 0 && required.length === 0 && (
        <p className="pb-hint">
          {t('missing.optional')}
          {t('missing.colon')}
          {names(optional)}
        </p>
      )}
      {canFill && line.missing.some(({ way }) => !('file' in way)) && (
        <Row>
          <Button size="small" onClick={() => fill.open(line.instrument)}>
            {t('missing.fill')}
            <span className="pb-sr">{words(line.title)}</span>
          </Button>
        </Row>
      )}
    </Stack>
  )
}

/** What the record says and the model does not take, with the limit. */
export function RangeFaults({ line }: { line: RiskLine }) {
  const t = useT('risk')
  const words = useBilingual()
  return (
    <>
      {line.outOfRange.map((fault) => (
        <p key={fault.input}>
          {t('fault.title')}
          {t('missing.colon')}
          {fault.reason === 'below' || fault.reason === 'above'
            ? t(`fault.${fault.reason}`, {
                name: words(fault.label),
                value: valueWords(t, fault.value, ''),
                unit: fault.unit,
                limit: fault.limit,
              })
            : t('fault.other', { name: words(fault.label), value: valueWords(t, fault.value, '') })}
        </p>
      ))}
    </>
  )
}
