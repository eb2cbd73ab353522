/** Mean of long and short axis on lung windows, mm to one decimal. */
export const diameterMm = {
  kind: 'number',
  unit: 'mm',
  min: 1,
  max: 100,
  zh: '平均直径',
  en: 'mean diameter',
} as const

/** Mean diameter of the solid part. */
export const solidMm = {
  kind: 'number',
  unit: 'mm',
  min: 0,
  max: 100,
  zh: '实性成分直径（没有实性成分就不填）',
  en: 'diameter of the solid part (left out: none)',
  optional: true,
} as const

/** What must be read with every recheck of a nodule. */
export const recheckCaveats = ['from-scan-date', 'radiologist-first']

/** `[category, from mm]`, the largest first. */
export type Sizes = readonly (readonly (string | number)[])[]

/** Category of the first limit that the size reaches; throws a RangeError below the last. */
export function categoryAt(sizes: Sizes, mm: number): string {
  const found = sizes.find(([, from]) => mm >= (from as number))
  if (!found) throw new RangeError(`${mm} mm lies below the smallest limit`)
  return found[0] as string
}
