/** The colours of a mail by block. Nobody chooses others, so that contrast holds by construction (`compile.test.ts`). */
export const LOOK = {
  /** What the sheet of the frame leaves between its edges. */
  widthPx: 516,
  light: {
    sheet: '#ffffff',
    words: '#1f2a2a',
    quiet: '#57706e',
    button: '#0b7a75',
    onButton: '#ffffff',
    note: '#fbf0dc',
    line: '#e8e2d8',
  },
  dark: {
    sheet: '#1d2a29',
    words: '#e8efee',
    quiet: '#9db3b0',
    button: '#0b7a75',
    onButton: '#ffffff',
    note: '#40351f',
    line: '#2c3b39',
  },
} as const
