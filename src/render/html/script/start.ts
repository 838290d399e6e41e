/** Opens the lists, the `/` key, and everything that is folded when the page is printed. */
export const start = `
const data=JSON.parse(document.getElementById("columns").textContent);
document.documentElement.classList.add("scripted");
const openers={artifacts:openArtifacts,findings:openFindings};
const lists=[...document.querySelectorAll("[data-browser]")].map((root)=>openers[root.dataset.browser](root,data));
document.addEventListener("keydown",(event)=>{const at=event.target;
if(event.key!=="/"||event.ctrlKey||event.metaKey||event.altKey||/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName))return;
const list=lists[0];if(list){event.preventDefault();list.search.focus();list.search.scrollIntoView({block:"center"})}});
const reveal=()=>{const target=location.hash&&document.getElementById(location.hash.slice(1));const fold=target&&target.closest("details");if(fold)fold.open=true};
addEventListener("hashchange",reveal);reveal();
let folded=[];
addEventListener("beforeprint",()=>{folded=[...document.querySelectorAll("details:not([open])")];for(const one of folded)one.open=true});
addEventListener("afterprint",()=>{for(const one of folded)one.open=false});
`;
