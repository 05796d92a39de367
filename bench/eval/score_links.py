"""Links of names to actors: how many go to the right entry of the table.

    score_links.py texts ../shared GOLD                    the texts as JSON Lines, for `demarche read`
    score_links.py score bench/gold/links.tsv PRED      precision and recall; each wrong link, with its words

The gold is bench/gold/links.tsv: text, sha256 of the text, begin, end (code points), keys. Several keys (|) are all right;
"-" is a name that the table need not know, so that any link is wrong. A gold name is linked as the smallest mention of
kind `name` that holds it or lies in it says. No text is stored: the texts are read from the folder of data, links taken off.
"""
import hashlib, json, lzma, re, sys

def texts(shared, wanted):
    for name in sorted(wanted):
        if name.startswith('seed/'):
            text = open(f'{shared}/seeds/{name[5:]}.txt', encoding='utf8').read()
            yield {'id': name, 'text': re.sub(r'\[([^\]\[]*)\]\(([^()\s]*)\)', r'\1', text)}
    for line in lzma.open(f'{shared}/data/corpora/ukraine_war_news.jsonl.xz', 'rt', encoding='utf8'):
        record = json.loads(line)
        if record['id'] in wanted:
            yield {key: record[key] for key in ('id', 'text', 'published')}

def gold(path):
    rows = {}
    for line in open(path, encoding='utf8'):
        if line.startswith('#') or not line.strip():
            continue
        text, sha, begin, end, keys = line.rstrip('\n').split('\t')
        rows.setdefault(text, (sha, []))[1].append((int(begin), int(end), keys.split('|')))
    return rows

def score(rows, path):
    asked = linked = right = wrong = 0
    for line in open(path, encoding='utf8'):
        record = json.loads(line)
        sha, links = rows[record['id']]
        if hashlib.sha256(record['text'].encode()).hexdigest() != sha:
            sys.exit(f"{record['id']}: the text is another than the one that was annotated")
        mentions = [(m['span'][1] - m['span'][0], m['span'], e.get('key')) for e in record.get('entities', [])
                    for m in e['mentions'] if m['kind'] == 'name']
        for begin, end, keys in links:
            near = sorted(m for m in mentions if (m[1][0] <= begin and end <= m[1][1]) or (begin <= m[1][0] and m[1][1] <= end))
            key = near[0][2] if near else None
            asked += keys != ['-']
            linked += bool(key)
            right += key in keys
            if key not in keys and (key or keys != ['-']):
                wrong += 1
                print(f"{record['id'][-12:]}\t{'|'.join(keys)}\t{key or 'not linked'}\t"
                      + ' '.join(record['text'][max(0, begin - 30):end + 20].split()))
    print(f'links: {asked} names, precision {right / max(1, linked):.3f}, recall {right / max(1, asked):.3f}')

if sys.argv[1] == 'texts':
    for record in texts(sys.argv[2], gold(sys.argv[3])):
        print(json.dumps(record, ensure_ascii=False))
else:
    score(gold(sys.argv[2]), sys.argv[3])
