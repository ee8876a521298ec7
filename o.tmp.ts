import { compareDocuments } from "./tools/preview/against/compare";
import { changesOf, documented } from "./test/support/engine/configChanges";
import { previewStacks } from "./tools/preview/stacks";
import { typeOf, nameOf } from "./tools/preview/urn";
async function main(){
 const stacks=["prod-us","prod-global"];
 const t0=Date.now();
 const base=await previewStacks({projectDir:process.cwd(),stacks});
 console.log("base",Date.now()-t0);
 for(const g of [1,2,3,5,6]){
  const changes=changesOf(g); if(!changes.length) {console.log("none",g);continue;}
  const o=Object.fromEntries(changes.flatMap(c=>Object.entries(c.after??{})));
  console.log("group",g,changes.flatMap(c=>c.keys).join(","));
  const t=Date.now();
  const NG=["availabilityZones","cidrBlock","elasticDisasterRecovery","elasticDisasterRecoverySources","webCertificateArn"];
  const one=await previewStacks({projectDir:process.cwd(),stacks:["prod-us"],configOverrides:o});
  const two=await previewStacks({projectDir:process.cwd(),stacks:["prod-global"],configOverrides:Object.fromEntries(Object.entries(o).filter(([k])=>!NG.includes(k)))});
  const after={document:{...one.document,stacks:{...one.document.stacks,...two.document.stacks}}};
  for(const s of stacks){ if(after.document.stacks[s]!.error) {console.log("ERR",s,after.document.stacks[s]!.error!.message); } }
  const t2=Date.now();
  const c=compareDocuments(base.document,after.document);
  console.log("preview",t2-t,"compare",Date.now()-t2);
  for(const s of c.stacks){
   const kind=s.stack==="prod-us"?"region":"global";
   const want=new Set(documented(changes,kind));
   const got=new Set<string>(); const may=new Set<string>();
   for(const r of s.resources){ const v={replace:"replaces",create:"makes",delete:"deletes",mayReplace:"replaces"}[r.op as string]; if(!v) continue; const l=`${v} ${typeOf(r.urn)} ${nameOf(r.urn)}`; got.add(l); if(r.op==="mayReplace") may.add(l);}
   for(const w of want) if(!got.has(w)) console.log("  MISSING",s.stack,w, JSON.stringify(s.resources.find(r=>w.endsWith(" "+r.name)&&w.includes(r.type))?.properties.map(p=>[p.path,p.verdict])));
   for(const w of got) if(!want.has(w)) console.log("  EXTRA",s.stack,w,may.has(w)?"(may)":"", s.resources.find(r=>w.endsWith(" "+r.name)&&w.includes(r.type)&&["replace","mayReplace"].includes(r.op))?.reason);
   console.log("  ok",s.stack,[...want].filter(w=>got.has(w)).length,"of",want.size,"may:",may.size);
  }
 }
}
void main();
