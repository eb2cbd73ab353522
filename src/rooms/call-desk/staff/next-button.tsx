import { Button } from 'antd'
import { KeyHint, useShortcut, useT } from '../../../platform/web/index.ts'

/** 下一位: by one key. */
export function NextButton({ onNext, loading = false }: { onNext: () => void; loading?: boolean }) {
  const t = useT('call-desk')
  useShortcut('n', () => !loading && onNext())
  return (
    <Button type="primary" size="large" loading={loading} onClick={onNext}>
      {t('act.next')} <KeyHint keys={['n']} />
    </Button>
  )
}
