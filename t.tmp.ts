import { compareDocuments } from "./tools/preview/against/compare";
import fs from "node:fs";
const [,,a,b,long]=process.argv;
const read=(f:string)=>{const d=JSON.parse(fs.readFileSync(f,"utf8")); for(const [k,s] of Object.entries<any>(d.stacks)){s.stack=k;s.invokes??=[];s.diagnostics??=[];} return d;};
const [x,y]=[read(a!),read(b!)];
console.time("compare");const c=compareDocuments(x,y);console.timeEnd("compare");
for(const s of c.stacks){console.log(s.stack,JSON.stringify(s.counts),s.same,s.error?.message);
 for(const r of s.resources.slice(0,Number(long??30))){ console.log("  ",r.op,r.type,r.name,"|",r.reason, r.loss?.outcome??"", r.consequences.map(c=>c.kind).join()); for(const p of r.properties.slice(0,6)) console.log("      ",p.verdict,p.path,JSON.stringify(p.before)?.slice(0,90),"→",JSON.stringify(p.after)?.slice(0,90),p.meaning?.join(" ; ").slice(0,200)??""); }
 console.log("  outputs",s.outputs.length,JSON.stringify(s.outputs.slice(0,4)).slice(0,300)," config ",JSON.stringify(s.config).slice(0,400));}
for(const r of c.recovery) console.log(r.stack,r.topic,r.what,r.before,"→",r.after,r.direction);
console.log(c.counts,c.notes,c.empty);
import { renderChangesMarkdown } from "./tools/preview/render/changesMarkdown";
fs.writeFileSync("/tmp/ag/c.md", renderChangesMarkdown(y, {...c, before:"main (518f870)"}));
