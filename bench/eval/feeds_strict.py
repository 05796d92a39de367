#!/usr/bin/env python3
"""No active markup in any text of inspected feeds, read as HTML, as text, and once decoded too often. Standard library only.

  feeds_strict.py PRED.jsonl      prints what was found; exit status 1 where there was anything
"""
import html
import html.parser
import json
import re
import sys

ACTIVE = set("script style iframe frame frameset object embed applet base meta link form input button select textarea option svg math body "
             "html head xml template title noscript marquee".split())
SCRIPT = re.compile(r"^(javascript|vbscript|livescript|data|blob|about):", re.I)


class Watch(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in ACTIVE:
            self.found.append("<" + tag)
        for name, value in attrs:
            bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value or "")
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "action", "background"):
                self.found.append(name + "=")
            if SCRIPT.match(bare):
                self.found.append(name + "=" + bare[:20])


def problems(text):
    for form in (text, html.unescape(text)):
        watch = Watch()
        watch.feed(form)
        watch.close()
        yield from watch.found
        for pattern in (r"<\s*/?\s*(script|style|iframe|object|embed|applet|base|meta|link|form|frame|svg)\b", r"<[^>]*[\s/\"']on\w+\s*=",
                        r"(java|vb)script\s*:", r"expression\s*\("):
            yield from (m.group(0)[:40] for m in re.finditer(pattern, form, re.I))


def texts(node, path=""):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from texts(value, f"{path}[{i}]")
    elif isinstance(node, str):
        yield path, node


def main():
    feeds = bad = 0
    for line in open(sys.argv[1], encoding="utf-8"):
        row = json.loads(line)
        feeds += 1
        found = [(path, p) for path, text in texts({"feed": row["feed"], "entries": row["entries"]}) for p in problems(text)]
        bad += bool(found)
        for path, problem in found[:3]:
            print(f"  {row['id']}{path}: {problem}")
    print(f"hostile feeds without active markup {feeds - bad}/{feeds}")
    return bad > 0


sys.exit(main())
