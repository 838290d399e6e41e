/** A long list as a table: searched, filtered, a page at a time; rows are made when they are seen. */
export const browser = `
const pageSize=50;
const browse=(root,{count,heads,matches,row,filters,caption})=>{
let words="",page=0,found=[],timer;
const chosen={};
const body=make("tbody"),told=make("p",{class:"soft small",role:"status"});
const before=make("button",{type:"button",on:{click:()=>turn(-1)}},"Previous"),after=make("button",{type:"button",on:{click:()=>turn(1)}},"Next");
const search=make("input",{type:"search",autocomplete:"off",spellcheck:"false",on:{input:()=>{clearTimeout(timer);timer=setTimeout(()=>{words=search.value;look()},120)}}});
const show=()=>{const start=page*pageSize,end=Math.min(found.length,start+pageSize);
body.replaceChildren(...found.slice(start,end).map((index)=>row(index)));
told.textContent=found.length===0?"Nothing fits.":grouped(start+1)+"–"+grouped(end)+" of "+grouped(found.length);
before.disabled=page===0;after.disabled=end>=found.length};
const turn=(by)=>{page+=by;show();root.scrollIntoView({block:"start"})};
const look=()=>{const wanted=words.toLowerCase().split(/\\s+/).filter(Boolean);found=[];
for(let index=0;index<count;index++)if(matches(index,wanted,chosen))found.push(index);page=0;show()};
const selects=filters.map(([name,label,choices])=>labelled(label,chooser(choices,(value)=>{chosen[name]=value;look()})));
root.append(make("div",{class:"tools",role:"search"},labelled("Search",search,true),selects),
make("div",{class:"wide"},make("table",{class:"stack even"},make("caption",{},caption),make("thead",{},make("tr",{},heads.map(([text,fill])=>make("th",{scope:"col",class:fill?"fill":undefined},text)))),body)),
make("div",{class:"pager"},before,after,told));
look();
return{search,find:(text)=>{search.value=text;words=text;for(const[name]of filters)chosen[name]="";for(const select of root.querySelectorAll("select"))select.value="";look()},first:()=>body.querySelector("button")}};
`;
