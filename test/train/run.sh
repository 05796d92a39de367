#!/bin/bash
# test/train/run.sh BUILD: a tiny model is trained from invented sentences, twice, and reads new ones. Ends with "N passed, N failed".
# sanitized too
here=$PWD build=$(realpath "$1") passed=0 failed=0
[ -d "$build" ] || build=$(dirname "$build")
export LC_ALL=C.UTF-8
unset DEMARCHE_LEDGER DEMARCHE_MODEL DEMARCHE_ACTORS
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

claim() {                                                # claim "WHAT" COMMAND…: holds where the command succeeds
    local what=$1; shift
    if "$@" >claim.out 2>&1; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1)); echo "not so: $what"; tail -n 20 claim.out | sed 's/^/    /'
}
refuses() {                                              # refuses "WHAT IT SAYS" ORDERS…: exit 1 and a sentence
    local says=$1 got; shift
    "$build"/train/language "$@" >out 2>err; got=$?
    if [ "$got" = 1 ] && grep -qF -- "$says" err; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1)); echo "not so: exit $got, expected 1 and '$says': $(head -c 300 err)"
}

# ---- two runs give the same bytes, another seed does not
claim "a first training runs" "$here"/test/train/tiny.sh "$build" "$work"
orders="--sets small.sets --data . clusters.k=6 clusters.words=100"
mkdir cache
claim "a second training runs" "$build"/train/language $orders --cache cache --out first.dm
claim "two runs give the same bytes" cmp first.dm tiny.dm
claim "another seed is another model" eval '"$build"/train/language $orders seed=2 --out third.dm && ! cmp -s first.dm third.dm'
claim "one step, run anew on what the others kept, gives the same model" \
    eval '"$build"/train/language $orders --cache cache --only parser --out again.dm && cmp first.dm again.dm'

# ---- provenance: every file with its licence and hash, what was left out, the seed, the scores
has() { claim "the provenance has '$1'" grep -qaF -- "$1" first.dm; }
for file in trees-train.conllu trees-dev.conllu names-train.tsv names-more.tsv names-dev.tsv vectors.int8 vectors.words; do
    has "\"file\": \"$file\", \"licence\": \"Apache-2.0\""
    has "$(sha256sum < $file | cut -d' ' -f1)"
done
has '"seed": 1'
has '"without": ["left_out", "nobody"], "sentences": 15'
has '"options": ["clusters.k=6", "clusters.words=100"]'
has '"UPOS small": '

# ---- the model reads sentences that were in no set
cat > news.txt <<'TEXT'
The small harbour of Samavia praised the envoys. Minister Sofia Brandt visited the old bridge in Norvik. Velland's sailors don't trust the Ferry Union.
TEXT
claim "it reads" eval '"$build"/demarche read --model first.dm --format conllu news.txt > read.conllu'
reads() { claim "read: $*" grep -qP "^\\d+\\t$1\\t$2\\t$3\\t$4\\t" read.conllu; }
reads harbour harbour NOUN NN
reads Samavia Samavia PROPN NNP
reads praised praise VERB VBD
reads envoys envoy NOUN NNS
reads visited visit VERB VBD
reads sailors sailor NOUN NNS
reads "n't" not PART RB
reads trust trust VERB VB
claim "the verb of the first sentence is its root" grep -qP '^6\tpraised\t.*\t0\troot\t' read.conllu
claim "the harbour is its subject" grep -qP '^3\tharbour\t.*\t6\tnsubj\t' read.conllu
claim "names are found" eval '"$build"/demarche read --model first.dm news.txt | grep -q "Sofia Brandt"'

# ---- bad orders and bad data
refuses "'--nonsense' is not understood" --nonsense
refuses "must be given" --sets small.sets
refuses "the steps are clusters" $orders --out x.dm --cache cache --only tea
refuses "--only takes the other steps" $orders --out x.dm --only parser
refuses "cannot open 'none.sets'" --sets none.sets --data . --out x.dm
sed 's/tree-train/tree-drain/' small.sets > odd.sets
refuses "the role 'tree-drain'" --sets odd.sets --data . --out x.dm
grep -v tree-train small.sets > odd.sets
refuses "names no tree-train set" --sets odd.sets --data . --out x.dm
head -c 3000 names-train.tsv | sed 's/B-PER/B-TEA/' > names-more.tsv
refuses "reading the name-train set 'more': names-more.tsv:" $orders --out x.dm
head -c 100 vectors.int8 > cut; mv cut vectors.int8
refuses "no EMB1 file, or cut" $orders --out x.dm
claim "nothing is left of a training that failed" test ! -e x.dm

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
