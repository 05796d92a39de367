/* Grammar words: the few hundred that carry no meaning of their own and tell what the others do.
**
**  "will meet"  a future       "was told"  a passive       "that", "because"  a clause opens here
**
** They are a closed class, so they stand here and not in a table that a linguist should extend. A word may do more
** than one thing ("after": preposition and conjunction); whoever asks decides by what stands beside it.
**
** Always: rows are sorted by bytes (a test looks). Cost: one binary search a question.
*/
#include "reading/inside.h"

typedef struct { Str word; uint32_t does; } GrammarRow;
#define W(lit) {lit, sizeof(lit) - 1}

static const GrammarRow grammar[] = {
    {W("'d"), IS_HYPO | IS_MODAL}, {W("'ll"), IS_FUTURE | IS_MODAL}, {W("'re"), IS_AUX}, {W("'s"), IS_AUX},
    {W("'ve"), IS_AUX}, {W("a"), IS_DET}, {W("about"), IS_PREP}, {W("above"), IS_PREP}, {W("across"), IS_PREP},
    {W("after"), IS_PREP | IS_SUB}, {W("afterward"), IS_ADV}, {W("afterwards"), IS_ADV}, {W("again"), IS_ADV},
    {W("against"), IS_PREP}, {W("ahead"), IS_PREP}, {W("all"), IS_DET}, {W("along"), IS_PREP},
    {W("already"), IS_ADV}, {W("also"), IS_ADV}, {W("although"), IS_SUB}, {W("always"), IS_ADV}, {W("am"), IS_AUX},
    {W("amid"), IS_PREP}, {W("amidst"), IS_PREP}, {W("among"), IS_PREP}, {W("an"), IS_DET}, {W("and"), IS_CONJ},
    {W("another"), IS_DET}, {W("any"), IS_DET}, {W("are"), IS_AUX}, {W("around"), IS_PREP},
    {W("as"), IS_PREP | IS_SUB}, {W("at"), IS_PREP}, {W("be"), IS_AUX}, {W("became"), IS_PAST},
    {W("because"), IS_SUB}, {W("been"), IS_AUX}, {W("before"), IS_PREP | IS_SUB}, {W("began"), IS_PAST},
    {W("behind"), IS_PREP}, {W("being"), IS_AUX}, {W("below"), IS_PREP}, {W("beside"), IS_PREP},
    {W("besides"), IS_PREP}, {W("between"), IS_PREP}, {W("beyond"), IS_PREP}, {W("both"), IS_DET},
    {W("bought"), IS_PAST}, {W("broke"), IS_PAST}, {W("brought"), IS_PAST}, {W("built"), IS_PAST},
    {W("but"), IS_CONJ}, {W("by"), IS_PREP}, {W("ca"), IS_HYPO | IS_MODAL}, {W("came"), IS_PAST},
    {W("can"), IS_HYPO | IS_MODAL}, {W("cannot"), IS_HYPO | IS_MODAL}, {W("caught"), IS_PAST}, {W("chose"), IS_PAST},
    {W("coming"), IS_FUTURE}, {W("concerning"), IS_PREP}, {W("could"), IS_HYPO | IS_MODAL}, {W("deadline"), IS_FUTURE},
    {W("despite"), IS_PREP}, {W("did"), IS_AUX | IS_PAST}, {W("died"), IS_PAST}, {W("do"), IS_AUX},
    {W("does"), IS_AUX}, {W("down"), IS_PREP}, {W("drew"), IS_PAST}, {W("drove"), IS_PAST}, {W("due"), IS_FUTURE},
    {W("during"), IS_PREP}, {W("each"), IS_DET}, {W("earlier"), IS_ADV}, {W("even"), IS_ADV}, {W("ever"), IS_ADV},
    {W("every"), IS_DET}, {W("expected"), IS_FUTURE}, {W("expects"), IS_FUTURE}, {W("fell"), IS_PAST},
    {W("felt"), IS_PAST}, {W("few"), IS_DET}, {W("flew"), IS_PAST}, {W("following"), IS_PREP}, {W("for"), IS_PREP},
    {W("forthcoming"), IS_FUTURE}, {W("fought"), IS_PAST}, {W("found"), IS_PAST}, {W("from"), IS_PREP},
    {W("further"), IS_ADV}, {W("furthermore"), IS_ADV}, {W("gave"), IS_PAST}, {W("got"), IS_PAST},
    {W("grew"), IS_PAST}, {W("had"), IS_AUX | IS_PAST}, {W("has"), IS_AUX}, {W("have"), IS_AUX}, {W("he"), IS_PRON},
    {W("held"), IS_PAST}, {W("her"), IS_DET | IS_PRON}, {W("here"), IS_ADV}, {W("herself"), IS_PRON},
    {W("hid"), IS_PAST}, {W("him"), IS_PRON}, {W("himself"), IS_PRON}, {W("his"), IS_DET}, {W("hit"), IS_PAST},
    {W("how"), IS_SUB}, {W("however"), IS_ADV}, {W("hung"), IS_PAST}, {W("i"), IS_PRON}, {W("if"), IS_HYPO | IS_SUB},
    {W("in"), IS_PREP}, {W("inside"), IS_PREP}, {W("instead"), IS_ADV}, {W("into"), IS_PREP},
    {W("invitation"), IS_FUTURE}, {W("invited"), IS_FUTURE}, {W("is"), IS_AUX}, {W("it"), IS_PRON},
    {W("its"), IS_DET}, {W("itself"), IS_PRON}, {W("just"), IS_ADV}, {W("kept"), IS_PAST}, {W("knew"), IS_PAST},
    {W("laid"), IS_PAST}, {W("later"), IS_ADV}, {W("lay"), IS_PAST}, {W("led"), IS_PAST}, {W("left"), IS_PAST},
    {W("lent"), IS_PAST}, {W("like"), IS_PREP}, {W("lost"), IS_PAST}, {W("made"), IS_PAST}, {W("many"), IS_DET},
    {W("may"), IS_HYPO | IS_MODAL}, {W("me"), IS_PRON}, {W("meant"), IS_PAST}, {W("meanwhile"), IS_ADV},
    {W("met"), IS_PAST}, {W("might"), IS_HYPO | IS_MODAL}, {W("moreover"), IS_ADV}, {W("most"), IS_DET},
    {W("must"), IS_HYPO | IS_MODAL}, {W("my"), IS_DET}, {W("myself"), IS_PRON}, {W("n't"), IS_ADV},
    {W("near"), IS_PREP}, {W("never"), IS_ADV}, {W("next"), IS_FUTURE}, {W("no"), IS_DET}, {W("nor"), IS_CONJ},
    {W("not"), IS_ADV}, {W("now"), IS_ADV}, {W("of"), IS_PREP}, {W("off"), IS_PREP}, {W("often"), IS_ADV},
    {W("on"), IS_PREP}, {W("once"), IS_ADV}, {W("only"), IS_ADV}, {W("onto"), IS_PREP}, {W("or"), IS_CONJ},
    {W("our"), IS_DET}, {W("ourselves"), IS_PRON}, {W("out"), IS_PREP}, {W("outside"), IS_PREP},
    {W("over"), IS_PREP}, {W("overcame"), IS_PAST}, {W("overthrew"), IS_PAST}, {W("paid"), IS_PAST},
    {W("per"), IS_PREP}, {W("perhaps"), IS_ADV}, {W("plan"), IS_FUTURE}, {W("planned"), IS_FUTURE},
    {W("plans"), IS_FUTURE}, {W("proposal"), IS_FUTURE}, {W("proposed"), IS_FUTURE}, {W("proposes"), IS_FUTURE},
    {W("ran"), IS_PAST}, {W("rang"), IS_PAST}, {W("read"), IS_PAST}, {W("regarding"), IS_PREP}, {W("rode"), IS_PAST},
    {W("rose"), IS_PAST}, {W("said"), IS_PAST}, {W("sang"), IS_PAST}, {W("sank"), IS_PAST}, {W("sat"), IS_PAST},
    {W("saw"), IS_PAST}, {W("scheduled"), IS_FUTURE}, {W("sent"), IS_PAST}, {W("set"), IS_PAST},
    {W("several"), IS_DET}, {W("shall"), IS_FUTURE | IS_MODAL}, {W("she"), IS_PRON}, {W("shook"), IS_PAST},
    {W("shot"), IS_PAST}, {W("should"), IS_HYPO | IS_MODAL}, {W("shut"), IS_PAST}, {W("since"), IS_PREP | IS_SUB},
    {W("slated"), IS_FUTURE}, {W("slept"), IS_PAST}, {W("slid"), IS_PAST}, {W("so"), IS_CONJ}, {W("sold"), IS_PAST},
    {W("some"), IS_DET}, {W("soon"), IS_ADV}, {W("sought"), IS_PAST}, {W("spent"), IS_PAST}, {W("split"), IS_PAST},
    {W("spoke"), IS_PAST}, {W("sprang"), IS_PAST}, {W("spread"), IS_PAST}, {W("starting"), IS_FUTURE},
    {W("still"), IS_ADV}, {W("stole"), IS_PAST}, {W("stood"), IS_PAST}, {W("struck"), IS_PAST},
    {W("swept"), IS_PAST}, {W("swore"), IS_PAST}, {W("swung"), IS_PAST}, {W("taught"), IS_PAST},
    {W("than"), IS_PREP | IS_SUB}, {W("that"), IS_SUB}, {W("the"), IS_DET}, {W("their"), IS_DET},
    {W("them"), IS_PRON}, {W("themselves"), IS_PRON}, {W("then"), IS_ADV}, {W("there"), IS_ADV},
    {W("thereafter"), IS_ADV}, {W("these"), IS_DET}, {W("they"), IS_PRON}, {W("this"), IS_DET}, {W("those"), IS_DET},
    {W("though"), IS_SUB}, {W("thought"), IS_PAST}, {W("threw"), IS_PAST}, {W("through"), IS_PREP},
    {W("till"), IS_PREP | IS_SUB}, {W("to"), IS_PREP}, {W("today"), IS_ADV}, {W("told"), IS_PAST},
    {W("tomorrow"), IS_FUTURE}, {W("too"), IS_ADV}, {W("took"), IS_PAST}, {W("tore"), IS_PAST},
    {W("toward"), IS_PREP}, {W("towards"), IS_PREP}, {W("twice"), IS_ADV}, {W("under"), IS_PREP},
    {W("understood"), IS_PAST}, {W("unless"), IS_HYPO | IS_SUB}, {W("unlike"), IS_PREP},
    {W("until"), IS_PREP | IS_SUB}, {W("up"), IS_PREP}, {W("upcoming"), IS_FUTURE}, {W("upon"), IS_PREP},
    {W("us"), IS_PRON}, {W("via"), IS_PREP}, {W("was"), IS_AUX | IS_PAST}, {W("we"), IS_PRON}, {W("went"), IS_PAST},
    {W("were"), IS_AUX | IS_PAST}, {W("what"), IS_SUB}, {W("when"), IS_SUB}, {W("whenever"), IS_SUB},
    {W("where"), IS_SUB}, {W("whereas"), IS_SUB}, {W("whether"), IS_HYPO | IS_SUB}, {W("which"), IS_SUB},
    {W("while"), IS_SUB}, {W("who"), IS_PRON | IS_SUB}, {W("whom"), IS_SUB}, {W("whose"), IS_SUB},
    {W("why"), IS_SUB}, {W("will"), IS_FUTURE | IS_MODAL}, {W("with"), IS_PREP}, {W("withdrew"), IS_PAST},
    {W("within"), IS_PREP}, {W("without"), IS_PREP}, {W("wo"), IS_FUTURE | IS_MODAL}, {W("woke"), IS_PAST},
    {W("won"), IS_PAST}, {W("wore"), IS_PAST}, {W("would"), IS_HYPO | IS_MODAL}, {W("wound"), IS_PAST},
    {W("wrote"), IS_PAST}, {W("yesterday"), IS_ADV}, {W("yet"), IS_CONJ}, {W("you"), IS_PRON}, {W("your"), IS_DET},
};
enum { GRAMMAR_N = (int)(sizeof grammar / sizeof grammar[0]) };

bool grammar_is_sorted(void)
{
    for (int i = 1; i < GRAMMAR_N; i++)
        if (str_cmp(grammar[i - 1].word, grammar[i].word) >= 0) return false;
    return true;
}

uint32_t grammar_of(const Words *w, int32_t i)
{
    if (i < 0 || i >= w->n || w->v[i].span.end - w->v[i].span.begin > 12) return 0;
    if ((w->v[i].is & (WORD_UPPER | WORD_HEAD)) == WORD_UPPER) return 0;       /* "US" and "WHO" are no pronouns */
    Key k = word_key(w, i);
    int lo = 0, hi = GRAMMAR_N;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        Str row = grammar[mid].word;
        int way = k.p[0] != row.p[0] ? (unsigned char)k.p[0] - (unsigned char)row.p[0] : str_cmp(key_str(&k), row);
        if (way == 0) return grammar[mid].does;
        if (way < 0) hi = mid;
        else lo = mid + 1;
    }
    return 0;
}

bool grammar_has(const Words *w, int32_t i, uint32_t any)
{
    return (grammar_of(w, i) & any) != 0;
}

bool is_adverb(const Words *w, int32_t i)
{
    if (grammar_has(w, i, IS_ADV)) return true;
    Str s = word_str(w, i);
    return s.n > 4 && !word_has(w, i, WORD_CAP) && str_ends(s, S("ly")) && !str_eq(s, S("family")) &&
           !str_eq(s, S("ally")) && !str_eq(s, S("assembly"));
}
