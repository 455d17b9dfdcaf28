/** The look of formulas: figures and words of one in the page's typeface, letters and signs in the reader's own for mathematics. What is too wide can be scrolled. */
export const MATH_STYLE = `
math{font-family:math;font-size:1.06em}
.math:not(.scroll)>math{overflow:clip;overflow-clip-margin:.4em}
math :is(mi,mn,mtext){font-family:Inter,math}
@supports not (-moz-appearance:none){.math:not(.scroll)>math{display:inline-flex;flex-wrap:wrap;align-items:baseline;max-width:100%}}
.math.scroll{display:block;max-width:38rem;margin:1rem 0;padding:.15rem 0;overflow-y:hidden}
.math.scroll>math{width:max-content;min-width:100%}
.tml-left{text-align:left}.tml-right{text-align:right}
.tml-overline{border-top:.06em solid;padding-top:.12em}.tml-underline{border-bottom:.06em solid}
menclose[notation=updiagonalstrike]{background:linear-gradient(to top left,transparent 47%,currentColor 47% 53%,transparent 53%)}
@media print{.math.scroll{overflow:visible;max-width:none}}
code.fault{border-bottom:1px dashed var(--bad)}
`.trim()
