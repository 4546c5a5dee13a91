/// How the page looks: on a screen by day and by night, from a telephone's width on, and on paper.
///
/// Text has a contrast of at least 4.5 to what is behind it. The colours of outcomes differ in lightness too, so that they
/// are told apart by those who do not see all colours, and in a copy in black and white.
enum Stylesheet {
    /// The rules; `<` and `&` stand nowhere in them, so that they mean the same in HTML and in XML.
    static let sheet: StaticString = """

        :root{color-scheme:light dark;--paper:#fff;--ink:#16202c;--soft:#556170;--rule:#dde3ea;--panel:#f6f8fa;\
        --accent:#0b5cad;--track:#edf1f5;--good:#17694a;--bad:#b3320a;\
        --s1:#0b5cad;--s2:#d1480b;--s3:#b07d00;--s4:#8290a0;--s5:#47525f;--s6:#b25a9b;\
        --h1:#e4eff9;--h2:#bad6f0;--h3:#82b4e3;--h4:#2a72bb;--h5:#0a4583;--on-light:#16202c;--on-dark:#fff}
        @media (prefers-color-scheme:dark){:root{--paper:#10151b;--ink:#e8edf2;--soft:#a5b1be;--rule:#2b3540;\
        --panel:#182028;--accent:#76b6f7;--track:#222c36;--good:#6fcf9f;--bad:#ff9a6e;\
        --s1:#4f9be8;--s2:#f27d48;--s3:#e6b73f;--s4:#77869a;--s5:#c6d0da;--s6:#d78fc5;\
        --h1:#1c2c3d;--h2:#1f4468;--h3:#2a639a;--h4:#62a6e6;--h5:#aad3fb;--on-light:#e8edf2;--on-dark:#0c1218}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,\
        "Helvetica Neue","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",\
        "WenQuanYi Micro Hei",sans-serif;font-variant-numeric:tabular-nums}
        main{max-width:1040px;margin:0 auto;padding:56px clamp(16px,4vw,40px) 72px}
        h1,h2,h3,p,dl,dd,dt,figure,ul{margin:0;padding:0}
        .kind{color:var(--accent);font-weight:600;font-size:14px;letter-spacing:.02em}
        h1{font-size:20px;font-weight:600;margin-top:6px;overflow-wrap:anywhere}
        .about{color:var(--soft);font-size:14px;margin-top:2px;overflow-wrap:anywhere}
        .headline{font-size:clamp(25px,4.2vw,38px);line-height:1.24;font-weight:650;letter-spacing:-.012em;\
        margin:36px 0 0;max-width:26em;text-wrap:balance}
        :lang(zh) .headline{letter-spacing:0;line-height:1.36}
        .headline span{display:inline-block}
        section{margin-top:72px}
        #figures{margin-top:44px}
        #figures dl{display:grid;grid-template-columns:repeat(4,1fr);gap:1px;background:var(--rule);\
        border:solid var(--rule);border-width:1px 0}
        .figure{background:var(--paper);padding:18px 12px 18px 18px}
        .figure:nth-child(4n+1){padding-left:0}
        .figure dt{color:var(--soft);font-size:14px}
        .figure .number{font-size:29px;line-height:1.25;font-weight:600;letter-spacing:-.01em;margin:2px 0;\
        white-space:nowrap}
        .figure.alarm .number{color:var(--bad)}
        .figure .of,.figure .delta{color:var(--soft);font-size:13px;line-height:1.45}
        .figure .delta{margin-top:4px;color:var(--ink)}
        h2{font-size:23px;line-height:1.3;font-weight:650;letter-spacing:-.008em}
        h3{font-size:16px;font-weight:600;margin-top:36px}
        .takeaway{font-size:17px;margin-top:6px;max-width:46em;text-wrap:pretty}
        .remark{color:var(--soft);font-size:14px;margin-top:6px;max-width:56em}
        .verdict{font-weight:600;margin-top:10px}
        .good{color:var(--good)}
        .bad{color:var(--bad)}
        figure{margin-top:24px}
        figcaption{font-weight:600;font-size:14px;margin-bottom:8px}
        .legend{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:13px;color:var(--soft);margin-bottom:10px}
        .key{display:inline-flex;align-items:center;gap:6px;white-space:nowrap}
        svg{display:block;overflow:visible}
        .scaled{margin-left:44px;width:calc(100% - 44px)}
        .scale{transform:translateX(-8px)}
        .map{max-width:760px}
        .t{font-size:13px;fill:var(--ink)}
        .t.value{font-size:13px}
        .t.soft{fill:var(--soft);font-size:12px}
        .s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}.s5{fill:var(--s5)}.s6{fill:var(--s6)}
        .h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}.h5{fill:var(--h5)}
        .on-h1,.on-h2,.on-h3{fill:var(--on-light)}
        .on-h4,.on-h5{fill:var(--on-dark)}
        .few{fill:var(--paper);stroke:var(--s4);stroke-dasharray:3 3}
        .on-few{fill:var(--soft)}
        .none{fill:var(--panel)}
        .name{font-weight:600}
        .track{fill:var(--track)}
        .grid{stroke:var(--rule)}
        .axis{stroke:var(--s4)}
        .whisker{stroke:var(--ink);stroke-width:1.5}
        .limit{stroke:var(--bad);stroke-width:2;stroke-dasharray:5 3}
        .limit-text{fill:var(--bad);font-weight:600}
        details{margin-top:10px}
        summary{color:var(--accent);font-size:14px;cursor:pointer;width:fit-content;padding:4px 0}
        summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        .scroll{overflow-x:auto;margin-top:10px}
        table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4}
        caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        th,td{padding:7px 0 7px 18px;border-bottom:1px solid var(--rule);text-align:left;vertical-align:baseline}
        th:first-child,td:first-child{padding-left:0}
        thead th{color:var(--soft);font-weight:500;font-size:13px;vertical-align:bottom}
        tbody th{font-weight:500;min-width:5em}
        .n{text-align:right;white-space:nowrap}
        #time-line-table tbody th{white-space:nowrap}
        thead .n{white-space:normal}
        ul{list-style:none;margin-top:18px}
        .finding{display:grid;grid-template-columns:5.5em 1fr;gap:0 16px;padding:14px 0;border-top:1px solid var(--rule)}
        .finding .weight{font-weight:600;font-size:14px;line-height:1.7}
        .act .weight{color:var(--bad)}
        .note .weight{color:var(--soft)}
        .finding .what{font-weight:500;overflow-wrap:anywhere}
        .finding .remark{margin-top:2px}
        footer{margin-top:80px;padding-top:20px;border-top:1px solid var(--rule);color:var(--soft);font-size:13px}
        footer h2{font-size:14px;color:var(--ink)}
        footer p{margin-top:6px;max-width:64em}
        @media screen and (max-width:820px){#figures dl{grid-template-columns:repeat(2,1fr)}.wide{display:none}\
        .figure:nth-child(4n+3){padding-left:0}}
        @media (max-width:480px){main{padding-top:32px}section{margin-top:56px}.finding{grid-template-columns:1fr}\
        .figure .number{font-size:22px}.t{font-size:12px}}
        @media print{
        @page{size:A4;margin:16mm 15mm 18mm}
        :root{color-scheme:light;--paper:#fff;--ink:#16202c;--soft:#556170;--rule:#dde3ea;--panel:#f6f8fa;\
        --accent:#0b5cad;--track:#edf1f5;--good:#17694a;--bad:#b3320a;\
        --s1:#0b5cad;--s2:#d1480b;--s3:#b07d00;--s4:#8290a0;--s5:#47525f;--s6:#b25a9b;\
        --h1:#e4eff9;--h2:#bad6f0;--h3:#82b4e3;--h4:#2a72bb;--h5:#0a4583;--on-light:#16202c;--on-dark:#fff}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        body{font-size:10.5pt}
        main{max-width:none;padding:0}
        .headline{font-size:22pt;margin-top:10mm}
        #figures dl{grid-template-columns:repeat(4,1fr)}
        .wide{display:inline}
        .figure .number{font-size:15pt}
        section{margin-top:11mm}
        h2{font-size:14pt;break-after:avoid}
        p{break-inside:avoid}
        h3,.takeaway,figcaption,.legend,.verdict,thead,tr:first-child{break-after:avoid}
        figure,.finding,.figure,tr,table{break-inside:avoid}
        summary{color:var(--soft);list-style:none;font-size:8.5pt;padding:0;break-after:avoid}
        summary::-webkit-details-marker{display:none}
        details::details-content{content-visibility:visible;display:block;height:auto}
        .scroll{overflow:visible}
        table{font-size:8pt}
        thead th{font-size:8pt}
        th,td{padding:2.2pt 0 2.2pt 8pt}
        .remark,.figure .of{font-size:8.5pt}
        footer{margin-top:12mm}
        }

        """
}
