/** Makes elements; text only ever becomes text. */
export const elements = `
const make=(name,props,...kids)=>{const it=document.createElement(name);
for(const[key,value]of Object.entries(props||{})){if(key==="on")for(const[event,act]of Object.entries(value))it.addEventListener(event,act);
else if(value!==undefined&&value!==false)it.setAttribute(key,value===true?"":value)}
for(const kid of kids.flat())if(kid!==undefined&&kid!==null&&kid!==false)it.append(kid);return it};
const grouped=(count)=>String(count).replace(/\\B(?=(?:\\d{3})+$)/g,",");
const signed=(tone,sign,word)=>make("span",{class:"v "+tone},make("span",{class:"sign","aria-hidden":"true"},sign),word);
const labelled=(text,control,grow)=>make("div",{class:grow?"grow":undefined},make("label",{},text,control));
const chooser=(choices,act)=>make("select",{on:{change:(event)=>act(event.target.value)}},choices.map(([value,text])=>make("option",{value},text)));
`;
