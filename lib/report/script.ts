import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ReportError } from '../errors/index.ts'
import { TOOLTIP_SCRIPT } from './live/tooltip-script.ts'

/** Remembers light or dark, folds the contents on a narrow page, unfolds the code that a finding links to, and all of it for print. Works from a file, where storage may be refused. */
export const PAGE_SCRIPT = `
const root=document.documentElement,store={get(){try{return localStorage.getItem('clvlab-theme')}catch{return null}},set(v){try{localStorage.setItem('clvlab-theme',v)}catch{}}};
const kept=store.get();if(kept==='light'||kept==='dark')root.dataset.theme=kept;
document.addEventListener('DOMContentLoaded',()=>{
  const theme=document.getElementById('theme');
  if(theme){theme.hidden=false;theme.addEventListener('click',()=>{const dark=root.dataset.theme?root.dataset.theme==='dark':matchMedia('(prefers-color-scheme: dark)').matches;root.dataset.theme=dark?'light':'dark';store.set(root.dataset.theme)})}
  const fold=document.getElementById('fold');
  if(fold){fold.hidden=false;fold.addEventListener('click',()=>{const all=[...document.querySelectorAll('details.code')],open=all.some(d=>!d.open);all.forEach(d=>{d.open=open});fold.textContent=open?'Hide code':'Show code'})}
  if(matchMedia('(max-width:68rem)').matches)document.querySelectorAll('nav.contents details').forEach(d=>{d.open=false});
  document.querySelectorAll('.chart').forEach(c=>{if(c.scrollWidth>c.clientWidth&&!document.getElementById('spec-'+c.dataset.figure)){c.tabIndex=0;c.setAttribute('role','region');c.setAttribute('aria-label','Figure '+c.dataset.figure+', scrolls sideways')}});
  const show=()=>{const at=location.hash.length>1?document.getElementById(decodeURIComponent(location.hash.slice(1))):null;if(at&&at.classList.contains('cell'))at.querySelectorAll('details.code').forEach(d=>{d.open=true})};
  addEventListener('hashchange',show);show();
  addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(d=>{d.open=true}));
});`.trim()

/** Draws each chart anew when it comes into view, with tooltips and zoom, narrower on a narrow page so that its words stay legible; the static drawing stays where that fails. */
export const LIVE_SCRIPT = `
${TOOLTIP_SCRIPT}
document.addEventListener('DOMContentLoaded',()=>{
  const draw=async place=>{const source=document.getElementById('spec-'+place.dataset.figure);if(!source)return;
    const still=place.firstElementChild,live=document.createElement('div');
    try{await document.fonts.ready;const spec=JSON.parse(source.textContent);if(typeof spec.width==='number')spec.width=Math.min(spec.width,Math.max(420,place.clientWidth));
      const view=new vega.View(vega.parse(spec,null,{ast:true}),{expr:clvlabInterpreter,renderer:'svg',container:live,hover:true,logLevel:vega.Error,tooltip:clvlabTip.move});view.addEventListener('click',clvlabTip.tap);
      await view.runAsync();live.querySelectorAll('form').forEach(f=>f.remove());const svg=live.querySelector('svg');const label=still.getAttribute('aria-label')||(still.querySelector('title')||{}).textContent;
      if(svg){const box=svg.getAttribute('viewBox').split(' '),room=Math.min(640,place.clientWidth);if(+box[2]<room)svg.setAttribute('viewBox','0 0 '+room+' '+box[3]);svg.removeAttribute('width');svg.removeAttribute('height');svg.setAttribute('role','img');svg.setAttribute('aria-label',label||'chart');still.replaceWith(live);const hint=document.getElementById('live');if(hint)hint.hidden=false}}catch(error){console.warn('chart stays static:',error)}};
  const seen=new IntersectionObserver(entries=>entries.forEach(entry=>{if(entry.isIntersecting){seen.unobserve(entry.target);draw(entry.target)}}),{rootMargin:'200px'});
  document.querySelectorAll('.chart[data-figure]').forEach(place=>seen.observe(place));
});`.trim()

/** Vega, and its interpreter that needs no eval, as scripts to inline: read from the installed packages. */
export function vegaScripts(): readonly string[] {
  const vega = installed('vega/build/vega.min.js')
  const interpreter = installed('vega-interpreter/build/vega-interpreter.js')
    .replace(/import \{([^}]*)\} from 'vega-util';/, 'const {$1} = vega;')
    .replace(/export \{ expression as expressionInterpreter \};/, 'globalThis.clvlabInterpreter = expression;')
  return [withoutMap(vega), `(() => {\n${withoutMap(interpreter)}\n})();`]
}

/** A file of an installed package, past its exports: the builds for browsers are not among those. */
function installed(file: string): string {
  const folders = createRequire(import.meta.url).resolve.paths('vega') ?? []
  const found = folders.map(folder => path.join(folder, file)).find(each => fs.existsSync(each))
  if (found === undefined)
    throw new ReportError({ code: 'missing-asset', what: `the installed packages lack ${file}`, remedy: 'run npm ci' })
  return fs.readFileSync(found, 'utf8')
}

const withoutMap = (code: string): string =>
  code.replace(/\/\/# sourceMappingURL=.*\s*$/, '').replaceAll('</script', '<\\/script')
