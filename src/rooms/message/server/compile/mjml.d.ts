declare module 'mjml' {
  interface Options {
    validationLevel?: 'strict' | 'soft' | 'skip'
    ignoreIncludes?: boolean
    minify?: boolean
    keepComments?: boolean
    fonts?: Record<string, string>
  }
  /** 5.x answers with a promise. */
  export default function mjml2html(
    source: string,
    options?: Options,
  ): Promise<{ html: string; errors: { message: string }[] }>
}
