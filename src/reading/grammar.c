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

#include <string.h>

typedef struct { const char *word; uint32_t does; } GrammarRow;

static const GrammarRow grammar[] = {
    {"'d", IS_HYPO | IS_MODAL}, {"'ll", IS_FUTURE | IS_MODAL}, {"'re", IS_AUX}, {"'s", IS_AUX}, {"'ve", IS_AUX},
    {"a", IS_DET}, {"about", IS_PREP}, {"above", IS_PREP}, {"across", IS_PREP}, {"after", IS_PREP | IS_SUB},
    {"afterward", IS_ADV}, {"afterwards", IS_ADV}, {"again", IS_ADV}, {"against", IS_PREP}, {"ahead", IS_PREP},
    {"all", IS_DET}, {"along", IS_PREP}, {"already", IS_ADV}, {"also", IS_ADV}, {"although", IS_SUB},
    {"always", IS_ADV}, {"am", IS_AUX}, {"amid", IS_PREP}, {"amidst", IS_PREP}, {"among", IS_PREP}, {"an", IS_DET},
    {"and", IS_CONJ}, {"another", IS_DET}, {"any", IS_DET}, {"are", IS_AUX}, {"around", IS_PREP},
    {"as", IS_PREP | IS_SUB}, {"at", IS_PREP}, {"be", IS_AUX}, {"became", IS_PAST}, {"because", IS_SUB},
    {"been", IS_AUX}, {"before", IS_PREP | IS_SUB}, {"began", IS_PAST}, {"behind", IS_PREP}, {"being", IS_AUX},
    {"below", IS_PREP}, {"beside", IS_PREP}, {"besides", IS_PREP}, {"between", IS_PREP}, {"beyond", IS_PREP},
    {"both", IS_DET}, {"bought", IS_PAST}, {"broke", IS_PAST}, {"brought", IS_PAST}, {"built", IS_PAST},
    {"but", IS_CONJ}, {"by", IS_PREP}, {"ca", IS_HYPO | IS_MODAL}, {"came", IS_PAST}, {"can", IS_HYPO | IS_MODAL},
    {"cannot", IS_HYPO | IS_MODAL}, {"caught", IS_PAST}, {"chose", IS_PAST}, {"concerning", IS_PREP},
    {"could", IS_HYPO | IS_MODAL}, {"deadline", IS_FUTURE}, {"despite", IS_PREP}, {"did", IS_AUX | IS_PAST},
    {"died", IS_PAST}, {"do", IS_AUX}, {"does", IS_AUX}, {"down", IS_PREP}, {"drew", IS_PAST}, {"drove", IS_PAST},
    {"due", IS_FUTURE}, {"during", IS_PREP}, {"each", IS_DET}, {"earlier", IS_ADV}, {"even", IS_ADV},
    {"ever", IS_ADV}, {"every", IS_DET}, {"expected", IS_FUTURE}, {"expects", IS_FUTURE}, {"fell", IS_PAST},
    {"felt", IS_PAST}, {"few", IS_DET}, {"flew", IS_PAST}, {"following", IS_PREP}, {"for", IS_PREP},
    {"forthcoming", IS_FUTURE}, {"fought", IS_PAST}, {"found", IS_PAST}, {"from", IS_PREP}, {"further", IS_ADV},
    {"furthermore", IS_ADV}, {"gave", IS_PAST}, {"got", IS_PAST}, {"grew", IS_PAST}, {"had", IS_AUX | IS_PAST},
    {"has", IS_AUX}, {"have", IS_AUX}, {"he", IS_PRON}, {"held", IS_PAST}, {"her", IS_DET | IS_PRON},
    {"here", IS_ADV}, {"herself", IS_PRON}, {"hid", IS_PAST}, {"him", IS_PRON}, {"himself", IS_PRON},
    {"his", IS_DET}, {"hit", IS_PAST}, {"how", IS_SUB}, {"however", IS_ADV}, {"hung", IS_PAST}, {"i", IS_PRON},
    {"if", IS_HYPO | IS_SUB}, {"in", IS_PREP}, {"inside", IS_PREP}, {"instead", IS_ADV}, {"into", IS_PREP},
    {"invitation", IS_FUTURE}, {"invited", IS_FUTURE}, {"is", IS_AUX}, {"it", IS_PRON}, {"its", IS_DET},
    {"itself", IS_PRON}, {"just", IS_ADV}, {"kept", IS_PAST}, {"knew", IS_PAST}, {"laid", IS_PAST},
    {"later", IS_ADV}, {"lay", IS_PAST}, {"led", IS_PAST}, {"left", IS_PAST}, {"lent", IS_PAST}, {"like", IS_PREP},
    {"lost", IS_PAST}, {"made", IS_PAST}, {"many", IS_DET}, {"may", IS_HYPO | IS_MODAL}, {"me", IS_PRON},
    {"meant", IS_PAST}, {"meanwhile", IS_ADV}, {"met", IS_PAST}, {"might", IS_HYPO | IS_MODAL}, {"moreover", IS_ADV},
    {"most", IS_DET}, {"must", IS_HYPO | IS_MODAL}, {"my", IS_DET}, {"myself", IS_PRON}, {"n't", IS_ADV},
    {"near", IS_PREP}, {"never", IS_ADV}, {"next", IS_FUTURE}, {"no", IS_DET}, {"nor", IS_CONJ}, {"not", IS_ADV},
    {"now", IS_ADV}, {"of", IS_PREP}, {"off", IS_PREP}, {"often", IS_ADV}, {"on", IS_PREP}, {"once", IS_ADV},
    {"only", IS_ADV}, {"onto", IS_PREP}, {"or", IS_CONJ}, {"our", IS_DET}, {"ourselves", IS_PRON}, {"out", IS_PREP},
    {"outside", IS_PREP}, {"over", IS_PREP}, {"overcame", IS_PAST}, {"overthrew", IS_PAST}, {"paid", IS_PAST},
    {"per", IS_PREP}, {"perhaps", IS_ADV}, {"plan", IS_FUTURE}, {"planned", IS_FUTURE}, {"plans", IS_FUTURE},
    {"proposal", IS_FUTURE}, {"proposed", IS_FUTURE}, {"proposes", IS_FUTURE}, {"ran", IS_PAST}, {"rang", IS_PAST},
    {"read", IS_PAST}, {"regarding", IS_PREP}, {"rode", IS_PAST}, {"rose", IS_PAST}, {"said", IS_PAST},
    {"sang", IS_PAST}, {"sank", IS_PAST}, {"sat", IS_PAST}, {"saw", IS_PAST}, {"scheduled", IS_FUTURE},
    {"sent", IS_PAST}, {"set", IS_PAST}, {"several", IS_DET}, {"shall", IS_FUTURE | IS_MODAL}, {"she", IS_PRON},
    {"shook", IS_PAST}, {"shot", IS_PAST}, {"should", IS_HYPO | IS_MODAL}, {"shut", IS_PAST},
    {"since", IS_PREP | IS_SUB}, {"slated", IS_FUTURE}, {"slept", IS_PAST}, {"slid", IS_PAST}, {"so", IS_CONJ},
    {"sold", IS_PAST}, {"some", IS_DET}, {"soon", IS_ADV}, {"sought", IS_PAST}, {"spent", IS_PAST},
    {"split", IS_PAST}, {"spoke", IS_PAST}, {"sprang", IS_PAST}, {"spread", IS_PAST}, {"starting", IS_FUTURE},
    {"still", IS_ADV}, {"stole", IS_PAST}, {"stood", IS_PAST}, {"struck", IS_PAST}, {"swept", IS_PAST},
    {"swore", IS_PAST}, {"swung", IS_PAST}, {"taught", IS_PAST}, {"than", IS_PREP | IS_SUB}, {"that", IS_SUB},
    {"the", IS_DET}, {"their", IS_DET}, {"them", IS_PRON}, {"themselves", IS_PRON}, {"then", IS_ADV},
    {"there", IS_ADV}, {"thereafter", IS_ADV}, {"these", IS_DET}, {"they", IS_PRON}, {"this", IS_DET},
    {"those", IS_DET}, {"though", IS_SUB}, {"thought", IS_PAST}, {"threw", IS_PAST}, {"through", IS_PREP},
    {"till", IS_PREP | IS_SUB}, {"to", IS_PREP}, {"today", IS_ADV}, {"told", IS_PAST}, {"tomorrow", IS_FUTURE},
    {"too", IS_ADV}, {"took", IS_PAST}, {"tore", IS_PAST}, {"toward", IS_PREP}, {"towards", IS_PREP},
    {"twice", IS_ADV}, {"under", IS_PREP}, {"understood", IS_PAST}, {"unless", IS_HYPO | IS_SUB},
    {"unlike", IS_PREP}, {"until", IS_PREP | IS_SUB}, {"up", IS_PREP}, {"upcoming", IS_FUTURE}, {"upon", IS_PREP},
    {"us", IS_PRON}, {"via", IS_PREP}, {"was", IS_AUX | IS_PAST}, {"we", IS_PRON}, {"went", IS_PAST},
    {"were", IS_AUX | IS_PAST}, {"what", IS_SUB}, {"when", IS_SUB}, {"whenever", IS_SUB}, {"where", IS_SUB},
    {"whereas", IS_SUB}, {"whether", IS_HYPO | IS_SUB}, {"which", IS_SUB}, {"while", IS_SUB},
    {"who", IS_PRON | IS_SUB}, {"whom", IS_SUB}, {"whose", IS_SUB}, {"why", IS_SUB}, {"will", IS_FUTURE | IS_MODAL},
    {"with", IS_PREP}, {"withdrew", IS_PAST}, {"within", IS_PREP}, {"without", IS_PREP},
    {"wo", IS_FUTURE | IS_MODAL}, {"woke", IS_PAST}, {"won", IS_PAST}, {"wore", IS_PAST},
    {"would", IS_HYPO | IS_MODAL}, {"wound", IS_PAST}, {"wrote", IS_PAST}, {"yesterday", IS_ADV}, {"yet", IS_CONJ},
    {"you", IS_PRON}, {"your", IS_DET},
};
enum { GRAMMAR_N = (int)(sizeof grammar / sizeof grammar[0]) };

bool grammar_is_sorted(void)
{
    for (int i = 1; i < GRAMMAR_N; i++)
        if (strcmp(grammar[i - 1].word, grammar[i].word) >= 0) return false;
    return true;
}

uint32_t grammar_of(const Words *w, int32_t i)
{
    if (i < 0 || i >= w->n || w->v[i].span.end - w->v[i].span.begin > 12) return 0;
    Key k = word_key(w, i);
    int lo = 0, hi = GRAMMAR_N;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        int way = str_cmp(key_str(&k), str_of(grammar[mid].word));
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
