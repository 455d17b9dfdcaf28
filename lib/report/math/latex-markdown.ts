/** Ways of LaTeX to set a formula apart, beside dollars. */
const ALONE = [
  /^\\\[([\s\S]*)\\\]$/,
  /^\\\(([\s\S]*)\\\)$/,
  /^\$\$([\s\S]*)\$\$$/,
  /^\$([^$]*)\$$/,
  /^(\\begin\{[\s\S]*\\end\{\w+\*?\})$/,
]

/** An output in LaTeX as Markdown: one formula stands by itself, and text with formulas in it stays such. */
export function latexMarkdown(latex: string): string {
  const text = latex.trim()
  const formula = ALONE.map(alone => alone.exec(text)?.[1]).find(found => found !== undefined && !found.includes('$$'))
  return formula === undefined ? text : `$$\n${formula.trim().replaceAll(/\n\s*\n/g, '\n')}\n$$`
}
