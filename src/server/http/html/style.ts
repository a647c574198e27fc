import { hash } from "node:crypto";

/** The look of the pages (`src/app/globals.css`) as far as a page needs it that is made without them. */
export const style = `
:root{color-scheme:light dark;--stock:light-dark(#dfe9e1,#0b1412);--ticket:light-dark(#fcfdfa,#15211e);--ink:light-dark(#10291f,#e4efe8);--soft:light-dark(#3f5a50,#a3b9af);--rule:light-dark(#b4c7bb,#33493f);--field:light-dark(#718a7e,#6f897d);--stamp:light-dark(#b22a10,#ff9273);--onstamp:light-dark(#fff,#2b0a02);--notch:.8rem}
*{box-sizing:border-box;margin:0}
body{display:flex;flex-direction:column;min-height:100dvh;background:var(--stock);color:var(--ink);font:1.0625rem/1.6 Seravek,"Avenir Next","Segoe UI Variable Text","Segoe UI","Noto Sans","Open Sans",system-ui,sans-serif}
header,main{width:100%;max-width:46rem;margin-inline:auto;padding:1.5rem 1.25rem}
.brand,h1,.button{font-family:Bahnschrift,"DIN Alternate","Roboto Condensed","Franklin Gothic Medium","Nimbus Sans Narrow","DejaVu Sans Condensed",sans-serif;font-weight:700}
.brand{display:inline-flex;align-items:center;gap:.75rem;font-size:1.5rem;color:inherit;text-decoration:none}
h1{font-size:clamp(2rem,1.35rem + 3vw,3.5rem);line-height:1.02;text-wrap:balance}
.ticket{display:grid;filter:drop-shadow(0 1px 0 var(--rule)) drop-shadow(0 14px 22px rgb(8 40 28/.13))}
.body,.stub{background:var(--ticket);padding:clamp(1.5rem,1rem + 2.6vw,3.25rem)}
.body{mask:radial-gradient(circle var(--notch) at 0 100%,#0000 97%,#000) 0 0/51% 100% no-repeat,radial-gradient(circle var(--notch) at 100% 100%,#0000 97%,#000) 100% 0/51% 100% no-repeat}
.stub{position:relative;display:grid;gap:1.5rem;mask:radial-gradient(circle var(--notch) at 0 0,#0000 97%,#000) 0 0/51% 100% no-repeat,radial-gradient(circle var(--notch) at 100% 0,#0000 97%,#000) 100% 0/51% 100% no-repeat}
.stub::before{content:"";position:absolute;inset:-1px calc(var(--notch) + .5rem) auto;border-top:2px dashed var(--rule)}
p{margin-top:1rem;color:var(--soft);max-width:60ch;overflow-wrap:anywhere}
dt{color:var(--soft);font-size:.8125rem}
dd{margin:0 0 .75rem;font-family:ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.ways{display:flex;flex-wrap:wrap;gap:1rem}
.button{display:inline-flex;align-items:center;min-height:3.25rem;padding:.5rem 1.6rem;border:2px solid var(--stamp);border-radius:3px;background:var(--stamp);color:var(--onstamp);font-size:1.25rem;text-decoration:none}
.quiet{background:var(--ticket);color:var(--ink);border-color:var(--field)}
:focus-visible{outline:3px solid var(--stamp);outline-offset:3px}
`;

/** What a policy has to say in `style-src` for this style and no other. */
export const styleSource = `'sha256-${hash("sha256", style, "base64")}'`;
