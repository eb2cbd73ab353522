/**
 * A questionnaire on paper, ready to be set: filled in by somebody, or blank for a pen. Everything is decided by then:
 * which questions stand there, in what words, what they came to. All texts are in `language`.
 */
export interface FormDocument {
  language: 'zh-CN' | 'en'
  organization: {
    name: string
    /** Telephone and address in one line. */
    contact: string
    /** A self-contained drawing. */
    logoSvg?: string
  }
  title: string
  /** Code and version, below the title. */
  edition: string
  /** What must be seen first: a draft, corrected since. Empty where there is nothing of the kind. */
  warning: string
  /** Who, when, how; an empty `text` is a line to write on. */
  facts: Labelled[]
  intro: string
  parts: PrintedPart[]
  scores: PrintedScore[]
  /** What the result is not. Empty on a blank one. */
  statement: string
  /** Source and licence. */
  origin: Labelled[]
  /** Who signs; each with room for a name and a date. */
  signatures: string[]
  /** `YYYY-MM-DD`; also the date inside the PDF, so that the same input gives the same bytes. */
  printedOn: string
  /** Above every page but the first: whose it is, or what it is. */
  running: string
  words: {
    unanswered: string
    result: string
    date: string
    /** With `{n}` and `{m}` for the page and how many there are. */
    page: string
    printed: string
    /** Explains the mark that stands for a character no font holds. */
    standIn: string
  }
}

export interface Labelled {
  label: string
  text: string
}

export type PrintedPart =
  | { kind: 'heading'; text: string; level: number }
  | { kind: 'note'; text: string }
  /** A question that was asked, with what was answered; '' where nothing was. */
  | { kind: 'answer'; number: string; text: string; answer: string }
  /** A question to be answered with a pen. */
  | {
      kind: 'question'
      number: string
      text: string
      /** When it is to be answered, may be left out, how many may be chosen. */
      hint: string
      choices: string[]
      /** Lines to write on; 0 where ticks are enough. */
      lines: number
      /** Behind the line. */
      unit: string
    }
  /** Questions in a row that share their options: ticks in columns. */
  | { kind: 'grid'; options: string[]; rows: { number: string; text: string; hint: string }[] }

export interface PrintedScore {
  name: string
  /** Figure with its unit; '' where it was not scored. */
  value: string
  /** The band in words, or why there is none. */
  band: string
  advice: string
  forStaff: string
}

/** A paper that was set. */
export interface PrintedForm {
  pdf: Uint8Array
  pageCount: number
}
