import type { ReportDocument } from './report-document.ts'

/** A number that should have been masked reached the printer. The message names the field, never the number. */
export class UnmaskedNumber extends Error {
  override readonly name = 'UnmaskedNumber'
}

/** A drawing that reaches out of itself: it could draw files of the server into a report. */
export class UnsafeSvg extends Error {
  override readonly name = 'UnsafeSvg'
}

/** A template that does not compile, or a document that breaks it: a fault of ours, not of the caller. */
export class ReportNotCompiled extends Error {
  override readonly name = 'ReportNotCompiled'
}

const SVG_BYTES_MAX = 200_000
/** Elements that load, run or embed something, and anything that points elsewhere than into the drawing itself. */
const REACHES_OUT =
  /<\s*(?:[\w-]+:)?(?:script|image|feImage|foreignObject|iframe)\b|<!ENTITY|<!DOCTYPE|href\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|@import/i

/** The last wall before paper. Throws `UnmaskedNumber` or `UnsafeSvg`; the caller's own checks come first. */
export function refuseUnsafe(document: ReportDocument): void {
  refuseUnmasked('patient.cardNumberMasked', document.patient.cardNumberMasked)
  refuseUnmasked('patient.phoneMasked', document.patient.phoneMasked)
  refuseReachingSvg('organization.logoSvg', document.organization.logoSvg)
  refuseReachingSvg('doctor.signatureSvg', document.doctor.signatureSvg)
}

/** Masks keep at most the six digits of a region code together (`5***************1X`, `180****1999`). */
function refuseUnmasked(field: string, text: string | undefined): void {
  if (text === undefined || text === '') return
  if (!text.includes('*') || /\d{7}/.test(text.replaceAll(/[\s-]/g, ''))) {
    throw new UnmaskedNumber(`${field} is not masked`)
  }
}

function refuseReachingSvg(field: string, svg: string | undefined): void {
  if (svg === undefined) return
  if (svg.length > SVG_BYTES_MAX) throw new UnsafeSvg(`${field}: longer than ${SVG_BYTES_MAX} characters`)
  if (!/<svg[\s>]/i.test(svg)) throw new UnsafeSvg(`${field}: not an SVG drawing`)
  if (REACHES_OUT.test(svg)) throw new UnsafeSvg(`${field}: points outside itself`)
}
