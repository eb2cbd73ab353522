import { useT } from '../../../platform/web/index.ts'

/** 来自档案 2026-11-01: where a value that is filled in is from. */
export function useFromRecord(): (known: { on: string | null } | null | undefined) => string | undefined {
  const t = useT('advice')
  return (known) => (known?.on ? t('compute.from', { on: known.on }) : undefined)
}
