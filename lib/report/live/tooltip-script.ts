/**
 * Makes `clvlabTip`, which says what a mark of a live chart is: under the mouse at once, by a tap where there is none; away again by Escape, a tap elsewhere, or when
 * the page is scrolled. What is said is text, whatever the data hold. Of a line, it is the point nearest to the mouse that speaks.
 */
export const TOOLTIP_SCRIPT = `
const clvlabTip=(()=>{
  let tip,tapped=false;
  const hide=()=>{if(tip)tip.hidden=true};
  const part=(name,text)=>{const made=document.createElement(name);made.textContent=text;return made};
  const nearest=(event,item)=>{const kind=item.mark&&item.mark.marktype;if(kind!=='line'&&kind!=='area'&&kind!=='trail')return item;
    const frame=event.target&&event.target.getScreenCTM&&event.target.getScreenCTM();if(!frame)return item;
    const x=new DOMPoint(event.clientX,event.clientY).matrixTransform(frame.inverse()).x;
    return item.mark.items.reduce((best,each)=>Math.abs(each.x-x)<Math.abs(best.x-x)?each:best,item)};
  const fill=said=>{tip.replaceChildren();if(typeof said!=='object'){tip.append(part('b',String(said)));return}
    const rows=new Map(),list=document.createElement('dl');
    for(const [key,value] of Object.entries(said)){const kind=key[0]==='\\u2060'?key[1]:'',label=kind==='e'?key.slice(2):key;
      if(kind==='h')tip.append(part('b',String(value)));else if(kind==='e'&&rows.has(label))rows.get(label).textContent+=' to '+value;
      else{const text=part('dd',String(value));rows.set(label,text);list.append(part('dt',label),text)}}
    if(rows.size)tip.append(list)};
  const show=(event,item)=>{const said=nearest(event,item).tooltip;if(said===undefined||said===null){hide();return}
    if(!tip){tip=document.createElement('div');tip.className='tip';tip.setAttribute('role','tooltip');document.body.append(tip)}
    fill(said);tip.hidden=false;tip.style.left=tip.style.top='0';const {width,height}=tip.getBoundingClientRect(),{clientX:x,clientY:y}=event;
    tip.style.left=Math.max(8,Math.min(x+14,innerWidth-width-8))+'px';tip.style.top=(y-height-14<8?y+18:y-height-14)+'px'};
  addEventListener('keydown',event=>{if(event.key==='Escape')hide()});addEventListener('scroll',hide,{passive:true});
  addEventListener('pointerdown',event=>{tapped=event.pointerType==='touch';if(tapped)hide()},true);
  return {move:(_,event,item,said)=>{if(tapped)return;if(said===undefined||said===null||said==='')hide();else show(event,item)},
    tap:(event,item)=>{if(!tapped)return;if(item&&item.tooltip)show(event,item);else hide()}};
})();`.trim()
