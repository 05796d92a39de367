"""Our own gold: what was annotated twice (doc/annotation.md), as offsets into texts that stand elsewhere.

    own.py texts SHARED              the texts as JSON Lines, for `demarche read`
    own.py agreement SHARED          how far the two annotations agree
    own.py gold SHARED               one gold of both, with the texts, for score_attribution.py and score_expectations.py

In the gold of both stands what either of them marked; what only one marked is optional: no miss where it is absent, no error
where it is found. Where they differ in a kind, both are right (kind_alt); else the first holds. Two items are one where
their words overlap by half (Dice), or one lies in the other and they overlap by .3, as in score_expectations.py.
"""
import collections, hashlib, json, lzma, os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
WORD = re.compile(r'\w+')

def annotation(name):
    return {d['id']: d for d in map(json.loads, open(f'{HERE}/said-{name}.jsonl', encoding='utf8'))}

def texts(shared, wanted):
    found = {}
    for name in wanted:
        if name.startswith('seed/'):
            text = open(f'{shared}/seeds/{name[5:]}.txt', encoding='utf8').read()
            found[name] = {'id': name, 'text': re.sub(r'\[([^\]\[]*)\]\(([^()\s]*)\)', r'\1', text)}
        if name.startswith('chronicle/'):
            found[name] = {'id': name, 'text': open(f'{HERE}/../../examples/{name}', encoding='utf8').read()}
    for corpus in ('ukraine_war_news', 'wh_briefings_2013_2015'):
        for line in lzma.open(f'{shared}/data/corpora/{corpus}.jsonl.xz', 'rt', encoding='utf8'):
            record = json.loads(line)
            if record['id'] in wanted:
                found[record['id']] = {key: record[key] for key in ('id', 'text', 'published')}
    for name, annotated in wanted.items():
        if hashlib.sha256(found[name]['text'].encode()).hexdigest() != annotated['sha256']:
            sys.exit(f'{name}: the text is another than the one that was annotated')
    return found

def words(text, spans):
    return {span[0] + m.start() for span in spans or [] for m in WORD.finditer(text[span[0]:span[1]])}

def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0

def pairs(text, first, second, spans):
    """One to one, the most alike first: indices into both."""
    a, b = ([words(text, spans(x)) for x in side] for side in (first, second))
    near = sorted((-dice(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b)
                  if dice(x, y) >= .5 or ((x <= y or y <= x) and dice(x, y) >= .3))
    left, right, out = set(), set(), []
    for _, i, j in near:
        if i not in left and j not in right:
            left.add(i), right.add(j), out.append((i, j))
    return out

content = lambda s: s.get('content')
clause = lambda e: [e['span']]

def share(n, of):
    return f'{n} of {of} ({100 * n / max(1, of):.1f} %)'

def agreement(shared):
    a, b = annotation('a'), annotation('b')
    sources = texts(shared, a)
    c = collections.Counter()
    for name in a:
        text, x, y = sources[name]['text'], a[name], b[name]
        for key, spans in (('statements', content), ('expectations', clause)):
            c[key, 'a'] += len(x.get(key, []))
            c[key, 'b'] += len(y.get(key, []))
            for i, j in pairs(text, x.get(key, []), y.get(key, []), spans):
                s, t = x[key][i], y[key][j]
                c[key, 'both'] += 1
                for field in ('sourcing', 'form', 'kind', 'polarity'):
                    c[key, field] += s.get(field) == t.get(field)
                if s.get('judged') and t.get('judged'):
                    c['judged', 'both'] += 1
                    c['judged', 'how'] += s['judged']['how'] == t['judged']['how']
                c[key, 'holder'] += bool(s.get('holder')) == bool(t.get('holder'))
                c[key, 'condition'] += dice(words(text, s.get('condition')), words(text, t.get('condition'))) >= .5
                c[key, 'conditions'] += bool(s.get('condition') or t.get('condition'))
            c['judged', 'a'] += sum('judged' in s for s in x.get(key, []))
            c['judged', 'b'] += sum('judged' in s for s in y.get(key, []))
    for key in ('statements', 'expectations', 'judged'):
        n, m, both = c[key, 'a'], c[key, 'b'], c[key, 'both']
        print(f'{key}: {n} and {m}, {both} the same; F1 of one against the other {200 * both / (n + m):.1f}')
    print('of these, the same sourcing', share(c['statements', 'sourcing'], c['statements', 'both']), '· form',
          share(c['statements', 'form'], c['statements', 'both']), '· judgement', share(c['judged', 'how'], c['judged', 'both']))
    print('kind', share(c['expectations', 'kind'], c['expectations', 'both']), '· a holder or the writer',
          share(c['expectations', 'holder'], c['expectations', 'both']), '· polarity',
          share(c['expectations', 'polarity'], c['expectations', 'both']), '· condition',
          share(c['expectations', 'condition'], c['expectations', 'conditions']))

def gold(shared):
    a, b = annotation('a'), annotation('b')
    sources = texts(shared, a)
    for name in a:
        record = dict(sources[name], statements=[], expectations=[], entities=[])
        text = record['text']
        for key, spans in (('statements', content), ('expectations', clause)):
            x, y = a[name].get(key, []), b[name].get(key, [])
            same = dict(pairs(text, x, y, spans))
            for i, item in enumerate(x):
                item = dict(item)
                if i not in same:
                    item['optional'] = True
                elif key == 'expectations' and item['kind'] != y[same[i]]['kind']:
                    item['kind_alt'] = item.get('kind_alt', []) + [y[same[i]]['kind']]
                record[key].append(item)
            record[key] += [dict(item, optional=True) for j, item in enumerate(y) if j not in same.values()]
        for item in record['expectations']:
            if item.get('holder'):
                begin, end = item['holder']
                record['entities'].append({'id': len(record['entities']), 'name': text[begin:end],
                                           'mentions': [{'span': [begin, end], 'kind': 'nominal'}]})
                item['holder'] = len(record['entities']) - 1
        print(json.dumps(record, ensure_ascii=False))

if len(sys.argv) != 3 or sys.argv[1] not in ('texts', 'agreement', 'gold'):
    sys.exit(__doc__)
if sys.argv[1] == 'texts':
    for record in texts(sys.argv[2], annotation('a')).values():
        print(json.dumps(record, ensure_ascii=False))
else:
    {'agreement': agreement, 'gold': gold}[sys.argv[1]](sys.argv[2])
