/** The findings: columns to rows. */
export const findings = `
const openFindings=(root,data)=>{
const columns=data.findings,count=columns.severity.length;
const messages=columns.messages.split("\\n"),places=columns.places.split("\\n"),rules=columns.rule.split("\\n");
const severities={e:["bad","✗","error"],w:["warn","!","warning"],i:["idle","i","info"]};
const matches=(index,wanted,chosen)=>{if(chosen.severity&&columns.severity[index]!==chosen.severity)return false;
if(chosen.rule&&rules[index]!==chosen.rule)return false;if(wanted.length===0)return true;
const text=(messages[index]+" "+places[index]+" "+columns.rules[rules[index]]).toLowerCase();return wanted.every((word)=>text.includes(word))};
const row=(index)=>make("tr",{},make("td",{},signed(...severities[columns.severity[index]])),make("td",{class:"cut"},messages[index],make("span",{class:"reason"},places[index]+" · "+columns.rules[rules[index]])));
return browse(root,{count,matches,row,caption:"Errors first.",heads:[["Severity"],["What was found",true]],
filters:[["severity","Severity",[["","all"],["e","errors"],["w","warnings"],["i","infos"]]],["rule","Rule",[["","all"],...columns.rules.map((rule,index)=>[String(index),rule])]]]})};
`;
