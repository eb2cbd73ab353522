/**
 * Where an output differs from what is expected, by path; empty when it agrees. What is not expected is not compared.
 * @param tolerance largest difference of a number by the name of its output, or of the part that holds it
 */
export function differences(
  output: unknown,
  expected: unknown,
  tolerance: Readonly<Record<string, number>> = {},
): string[] {
  return compare(output, expected, [], tolerance)
}

function compare(
  got: unknown,
  wanted: unknown,
  path: readonly string[],
  tolerance: Readonly<Record<string, number>>,
): string[] {
  if (typeof wanted === 'object' && wanted !== null) {
    const parts = (got ?? {}) as Record<string, unknown>
    return Object.entries(wanted).flatMap(([name, value]) => compare(parts[name], value, [...path, name], tolerance))
  }
  if (typeof wanted === 'number' && typeof got === 'number') {
    const allowed = Math.max(...path.map((name) => tolerance[name] ?? 0), 1e-9)
    if (Math.abs(got - wanted) <= allowed) return []
  } else if (Object.is(got ?? null, wanted)) return []
  return [`${path.join('.')}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`]
}
