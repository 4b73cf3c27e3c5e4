"""The style of the check report: system fonts, light paper, quiet colours, made to print."""

STYLE = """
:root{--ink:#1f2328;--soft:#5b6470;--line:#dfe3e8;--paper:#fff;--ground:#f5f6f8;
--block:#b42318;--block-bg:#fde8e6;--warn:#92600a;--warn-bg:#fdf3d8;--note:#32588a;
--note-bg:#e8f0fb;--good:#1d6b3a;--good-bg:#e4f4ea}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 3rem;max-width:60rem;background:var(--ground);
color:var(--ink);font:16px/1.75 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC",
"Microsoft YaHei",sans-serif}
a{color:var(--note);text-decoration:none}a:hover{text-decoration:underline}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1rem;margin-bottom:1rem}
.kicker{flex-basis:100%;margin:0;color:var(--soft);font-size:.85rem;letter-spacing:.2em}
h1{margin:0;font-size:1.6rem;line-height:1.35;overflow-wrap:anywhere}
.verdict{margin:0;padding:.1rem .8rem;border-radius:2rem;font-weight:600;font-size:.95rem}
.verdict.blocked{background:var(--block);color:#fff}
.verdict.free{background:var(--good);color:#fff}
.counts{margin:0 0 .6rem;color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7rem,1fr));gap:.75rem;
margin-bottom:1rem}
.tile{padding:.7rem .9rem;border:1px solid var(--line);border-radius:.6rem;
background:var(--paper);line-height:1.3}
.tile b{display:block;font-size:1.6rem;font-variant-numeric:tabular-nums}
.tile span{color:var(--soft);font-size:.85rem}
.tile.block b{color:var(--block)}.tile.warn b{color:var(--warn)}.tile.note b{color:var(--note)}
section{margin:0 0 1rem;padding:1rem 1.25rem 1.25rem;border:1px solid var(--line);
border-radius:.6rem;background:var(--paper)}
section.notrun{background:var(--warn-bg);border-color:#eeddb0}
section.notrun ul{margin:0;padding-left:1.25rem}
h2{margin:0 0 .6rem;font-size:1.1rem}section>p{margin:0}
.wide{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:left;
vertical-align:top}
th{color:var(--soft);font-weight:500;font-size:.85rem}
td{overflow-wrap:anywhere}td a,td.narrow,th{white-space:nowrap}
.narrow{width:2.4rem;text-align:center}td.yes{color:var(--good)}td.no{color:var(--block)}
.state{white-space:nowrap;font-weight:600}.small{color:var(--soft);font-size:.88rem}
.badge{display:inline-block;padding:0 .55rem;border-radius:.3rem;font-size:.82rem;
white-space:nowrap;line-height:1.6}
.badge.block{background:var(--block-bg);color:var(--block)}
.badge.warn{background:var(--warn-bg);color:var(--warn)}
.badge.note{background:var(--note-bg);color:var(--note)}
.badge.good{background:var(--good-bg);color:var(--good)}
td.half{color:#b7791f}.state.half{color:#92600a}
.state.yes{color:var(--good)}.state.no{color:var(--block)}
.legend{color:var(--soft);font-size:.88rem;margin:.2rem 0 .6rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.25rem;padding:.7rem 0;
border-top:1px solid var(--line);break-inside:avoid}
.pair h4{margin:0 0 .3rem;font-size:.85rem;font-weight:600;color:var(--soft)}
.pair h4 i{font-style:normal;font-weight:400;margin-left:.4rem}
.pair p{margin:0 0 .8rem;font:1rem/1.8 "FangSong","STFangsong","Noto Serif CJK SC",serif}
mark.same{background:#fff0b8;border-color:#e3b341}
@media (max-width:40rem){.pair{grid-template-columns:1fr}}
details{margin-bottom:.75rem}summary{cursor:pointer;font-weight:600;margin-bottom:.4rem}
article{margin:0 0 .5rem;padding:.5rem .9rem;border-left:4px solid;
border-radius:0 .4rem .4rem 0;background:var(--ground);break-inside:avoid}
article p{margin:0}article.block{border-color:var(--block)}
article.warn{border-color:#d9a520}article.note{border-color:#8fb0dc}
article .place{font-weight:600}article .place a{font-weight:400}
.advice{color:var(--soft)}.advice::before{content:"→ "}
ol.text{margin:0;padding:0;list-style:none;
font-family:"FangSong","STFangsong","Noto Serif CJK SC",serif}
ol.text li{display:flex;gap:.9rem;min-height:1.75em;padding:.05rem .5rem;border-radius:.3rem}
ol.text li>a{flex:0 0 2rem;text-align:right;color:#a5adb7;font:.78rem/2.2 sans-serif;
user-select:none}
ol.text li>span{flex:1;white-space:pre-wrap;overflow-wrap:anywhere}
ol.text li:target{background:#fffbe6;outline:2px solid #e8c440}
mark{padding:0 .05em;border-radius:.15em;color:inherit;border-bottom:2px solid}
mark.block{background:var(--block-bg);border-color:var(--block)}
mark.warn{background:var(--warn-bg);border-color:#d9a520}
mark.note{background:var(--note-bg);border-color:#8fb0dc}
footer{color:var(--soft);font-size:.85rem;text-align:center}
@media print{@page{margin:18mm 16mm}body{max-width:none;padding:0;background:#fff;
font-size:11pt}section,.tile{border-color:#bbb;break-inside:auto}details{display:block}
a{color:inherit}ol.text li:target{outline:0;background:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
""".strip()
