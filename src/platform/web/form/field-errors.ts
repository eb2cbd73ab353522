import type { ApiProblem } from '../api/api-problem.ts'

export type FieldName = (string | number)[]

/** `contacts.0.phone` → `['contacts', 0, 'phone']`, as antd names fields. */
export function fieldPath(field: string): FieldName {
  return field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** The refusals that belong to a field of this form, one entry a field. */
export function fieldErrors(problem: Pick<ApiProblem, 'fields'>, known: ReadonlySet<string>): { name: FieldName; errors: string[] }[] {
  const byField = new Map<string, string[]>()
  for (const { field, message } of problem.fields)
    if (known.has(field.split('.')[0] ?? '')) byField.set(field, [...(byField.get(field) ?? []), message])
  return [...byField].map(([field, errors]) => ({ name: fieldPath(field), errors }))
}

/** What has no field to stand at is said above the form. */
export function otherProblem<P extends Pick<ApiProblem, 'fields'>>(problem: P, known: ReadonlySet<string>): P | undefined {
  const placed = problem.fields.length > 0 && problem.fields.every(({ field }) => known.has(field.split('.')[0] ?? ''))
  return placed ? undefined : problem
}
