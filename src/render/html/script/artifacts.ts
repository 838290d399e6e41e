/** The artifacts: columns to rows, and the chain of one of them in both directions. */
export const artifacts = `
const openArtifacts=(root,data)=>{
const columns=data.artifacts,rows=(text)=>text===""&&columns.type.length!==1?[]:text.split("\\n");
const short=rows(columns.ids),titles=rows(columns.titles),paths=rows(columns.paths),lines=rows(columns.lines),above=rows(columns.parents);
const count=short.length,ids=new Array(count),places=new Map(),broken=new Map();
let last="",path="";
for(let index=0;index<count;index++){const isElement=short[index][0]===":";ids[index]=isElement?last+short[index]:short[index];if(!isElement)last=ids[index];
path=paths[index]||path;paths[index]=path;places.set(ids[index],index)}
for(const one of data.breaks){const list=broken.get(one[0])||[];list.push(one);broken.set(one[0],list)}
const parents=(index)=>above[index]===""?[]:above[index].split(" ").map(Number);
let below;
const children=(index)=>{if(!below){below=new Map();for(let child=0;child<count;child++)for(const parent of parents(child)){const list=below.get(parent)||[];list.push(child);below.set(parent,list)}}return below.get(index)||[]};
const texts=[];
const textOf=(index)=>texts[index]||(texts[index]=(ids[index]+" "+titles[index]+" "+paths[index]).toLowerCase());
const answers={"-":["idle","·","not asked for"],d:["good","✓","to the last layer"],s:["warn","!","not to the end"],n:["bad","✗","by nothing"]};
const state=(index)=>broken.has(ids[index])?signed("bad","✗","broken link"):signed(...answers[columns.answered[index]]);
const walk=(start,next)=>{const seen=new Set([start]),levels=[];let level=[start];
while(level.length>0&&seen.size<400){const found=[];for(const one of level)for(const other of next(one))if(!seen.has(other)){seen.add(other);found.push(other)}
if(found.length>0)levels.push(found);level=found}return levels};
const listOf=(title,levels,empty)=>[make("h4",{},title),levels.length===0?make("p",{class:"soft small"},empty):
make("ol",{},levels.flatMap((level,away)=>[make("li",{class:"soft small"},away===0?"directly":grouped(away+1)+" steps away"),
...level.slice(0,60).map((index)=>make("li",{},make("button",{type:"button",class:"quiet",on:{click:()=>go(ids[index])}},ids[index])," ",titles[index]," ",make("span",{class:"soft small"},paths[index]+":"+lines[index]))),
level.length>60?make("li",{class:"soft small"},"and "+grouped(level.length-60)+" more: iplan trace has all"):false]))];
const chain=(index)=>make("div",{class:"chain"},(broken.get(ids[index])||[]).map(([,tag,to,status,where])=>make("p",{},signed("bad","✗",status)," @"+tag+": "+to," ",make("span",{class:"soft small"},where))),
listOf("Follows from",walk(index,parents),"nothing above it"),listOf("What follows from it",walk(index,children),"nothing below it"));
const row=(index)=>{const button=make("button",{type:"button",class:"quiet","aria-expanded":"false",on:{click:()=>open(line,index,button)}},ids[index]);
const verdict=columns.verdicts[index];
const line=make("tr",{},make("td",{},state(index)),make("th",{scope:"row",class:"cut"},button),make("td",{class:"cut"},titles[index],make("span",{class:"reason"},paths[index]+":"+lines[index]+(verdict?" · "+verdict:""))));
return line};
const open=(line,index,button)=>{const shown=line.nextElementSibling;
if(shown&&shown.dataset.chain){shown.remove();button.setAttribute("aria-expanded","false");return}
button.setAttribute("aria-expanded","true");line.after(make("tr",{"data-chain":"1"},make("td",{colspan:"3"},chain(index))))};
const matches=(index,wanted,chosen)=>{
if(chosen.type&&columns.types[columns.type.charCodeAt(index)-48]!==chosen.type)return false;
if(chosen.state==="broken"?!broken.has(ids[index]):chosen.state&&columns.answered[index]!==chosen.state)return false;
if(wanted.length===0)return true;const text=textOf(index);return wanted.every((word)=>text.includes(word))};
const list=browse(root,{count,matches,row,caption:"Every document and element. An id opens its chain.",heads:[["Answered for"],["Artifact"],["Title and place",true]],
filters:[["type","Type",[["","all"],...columns.types.map((type)=>[type,type])]],["state","Answered for",[["","all"],["broken","broken link"],["n","by nothing"],["s","not to the end"],["d","to the last layer"]]]]});
const go=(id)=>{list.find(id);const at=list.first();if(at){if(at.getAttribute("aria-expanded")==="false")at.click();at.focus()}};
return list};
`;
