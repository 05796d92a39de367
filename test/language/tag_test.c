/* Words, their clusters, lists of labels, lemmas: the parts of tagging that need no trained model. */
#include "language/tag_inside.h"
#include "test.h"

static const Clusters no_clusters;
static Word word(const char *form) { return word_of(&no_clusters, str_of(form), false); }

static void spellings(void)
{
    Word a = word("Harbour"), b = word("harbour"), c = word("HARBOUR");
    check(a.form != b.form && a.lower == b.form && c.lower == b.lower && a.norm == b.norm);
    check(a.flags == WORD_UPPER && b.flags == 0 && c.flags == (WORD_UPPER | WORD_ALL_UPPER));
    check(a.shape != b.shape && b.shape == word("quays").shape && b.shape != word("q").shape);
    check(word("1998").norm == word("2031").norm && word("1998").norm != word("203").norm && word("1998").form != word("2031").form);
    check(word("mid-2031").flags == (WORD_DIGIT | WORD_HYPHEN) && word("...").flags == WORD_SIGN);
    check(word("didn’t").lower == word("didn't").lower && word("didn’t").form != word("didn't").form);
    check(word("Ärzte").lower == word("ärzte").form && word("ÄRZTE").flags == (WORD_UPPER | WORD_ALL_UPPER));
    check(word("http://a.example/x").norm == word("https://b.example").norm && word("http://a").norm != word("@ana").norm);
    check(word("ana@a.example").norm == word("b@c.example").norm && word("@").norm == word("@").form);
}

static void ends(void)
{
    Word a = word("minister"), b = word("sinister"), c = word("at"), d = word("façade"), e = word("cabaça");
    check(a.suffix[3] == b.suffix[3] && a.suffix[0] == b.suffix[0] && a.prefix[0] != b.prefix[0]);
    check(a.prefix[0] == word("Mint").prefix[0] && a.prefix[2] == word("mint").prefix[2]);
    check(c.suffix[0] && !c.suffix[1] && c.prefix[0] && !c.prefix[1]);       /* an end is shorter than the word */
    check(d.prefix[2] && d.prefix[2] != word("facade").prefix[2] && e.suffix[1] == word("faça").suffix[1]);
    check(!word("").suffix[0] && word("").flags == WORD_SIGN);
    check(word("\xC3").norm == word("\xC3").norm && word("a\xFF\xFE").suffix[0] != word("a\xC3").suffix[3]);
}

static void long_words(void)
{
    char many[100000];
    memset(many, 'x', sizeof many);
    Word a = word_of(&no_clusters, (Str){many, sizeof many}, false), b = word_of(&no_clusters, (Str){many, 300}, false);
    check(a.form != b.form && a.norm == b.norm);         /* known by their first 255 bytes */
    for (size_t i = 0; i + 3 < sizeof many; i += 3) memcpy(many + i, "\xE2\x82\xAC", 3);
    check(word_of(&no_clusters, (Str){many, sizeof many - 1}, true).flags == (WORD_SIGN | WORD_FIRST));
}

static Sentence sentence(const char *text)
{
    Tokens tokens = {0};
    Str rest = str_of(text), form;
    while (str_split(&rest, ' ', &form)) push(&test_arena, &tokens)->form = form;
    return sentence_of(&test_arena, &no_clusters, tokens.v, tokens.n);
}

static void sentences(void)
{
    Sentence s = sentence("\" The Harbour of Tallis");
    check(s.n == 5 && s.words[1].flags & WORD_FIRST && s.words[2].flags & WORD_FIRST && !(s.words[3].flags & WORD_FIRST));
    check(s.words[0].form && s.words[6].form && s.words[0].form != s.words[6].form && !s.words[0].norm);
    check(sentence("TALLIS CLOSES ITS HARBOUR").words[2].flags & WORD_SHOUTED);
    check(sentence("Tallis Closes Its Harbour to Ships").words[5].flags & WORD_TITLED);
    check(!(sentence("Tallis closes its harbour").words[1].flags & (WORD_TITLED | WORD_SHOUTED)));
    check(!(sentence("USA wins").words[1].flags & (WORD_TITLED | WORD_SHOUTED)));          /* too short to tell */
    check(sentence_of(&test_arena, &no_clusters, NULL, 0).n == 0);
}

static void cluster_maps(void)
{
    enum { WORDS = 5000 };
    static uint64_t key[WORDS], other[WORDS];
    static uint16_t path[WORDS];
    for (int i = 0; i < WORDS; i++) {
        key[i] = hash64(arena_printf(&test_arena, "word %d", i));
        other[i] = hash64(arena_printf(&test_arena, "else %d", i));
        path[i] = (uint16_t)(2 * i + 1);
    }
    Buf out = {.to = &test_arena};
    Clusters c;
    Err e = {0};
    int right = 0, wrong = 0, strange = 0;
    clusters_write(key, path, WORDS, &out);
    check(clusters_of(buf_str(&out), &c, &e));
    for (int i = 0; i < WORDS; i++) {
        uint16_t got = cluster_of(&c, key[i]);
        right += got == path[i];
        wrong += got && got != path[i];
        strange += cluster_of(&c, other[i]) != 0;
    }
    check(right > WORDS * 97 / 100 && wrong <= 3 && strange <= 5);
    for (int i = 0; i < 50; i++) check(cluster_of(&c, key[i]) == path[i]);     /* the first are the last to be left out */
    check(!clusters_of(str_sub(buf_str(&out), 0, out.n - 1), &c, &e) && str_find(str_of(e.text), S("buckets")) >= 0);
    check(!clusters_of(str_sub(buf_str(&out), 0, 192), &c, &e));
    check(clusters_of((Str){0}, &c, &e) && cluster_of(&c, key[0]) == 0);
    check(cluster_top(0xA5A5, 4) == 0xA && cluster_top(0xA5A5, 16) == 0xA5A5);
}

static void lists(void)
{
    Str names[] = {S(""), S("NOUN"), S("VERB")};
    Labels in = {names, 3}, back;
    Buf out = {.to = &test_arena};
    Err e = {0};
    labels_write(&in, &out);
    ModelReader r = {.section = buf_str(&out)}, cut = {.section = str_sub(buf_str(&out), 0, out.n - 1)}, few = r, none = {0};
    check(labels_of(&test_arena, &r, 3, &back, &e) && back.n == 3);
    check_str(back.name[2], S("VERB"));
    check(!labels_of(&test_arena, &cut, 3, &back, &e) && !labels_of(&test_arena, &few, 2, &back, &e));
    check(!labels_of(&test_arena, &none, 3, &back, &e));
}

static Str edited(const char *cased, int32_t cut, const char *add)
{
    return lemma_edited(&test_arena, str_of(cased), &(LemmaEdit){cut, str_of(add)});
}

static void lemmas(void)
{
    check_str(lemma_cased(&test_arena, S("ÄRZTE"), CASE_LOWER), S("ärzte"));
    check_str(lemma_cased(&test_arena, S("ÄRZTE"), CASE_AS_IS), S("ÄRZTE"));
    check_str(lemma_cased(&test_arena, S("tALLIS"), CASE_TITLE), S("Tallis"));
    check_str(lemma_cased(&test_arena, S("O’Tallis"), CASE_AS_IS), S("O'Tallis"));
    check_str(lemma_edited(&test_arena, lemma_cased(&test_arena, S("N’T"), CASE_LOWER), &(LemmaEdit){2, S("ot")}), S("not"));
    check_str(edited("ministries", 3, "y"), S("ministry"));
    check_str(edited("talks", 1, ""), S("talk"));
    check_str(edited("talks", 0, ""), S("talks"));
    check_str(edited("be", 3, "y"), S("be"));            /* more off than there is: left as it is */
    check_str(edited("be", 2, ""), S("be"));             /* never nothing */
    check_str(edited("caf\xC3\xA9", 1, "x"), S("caf\xC3\xA9"));                 /* never half a character */
    Lemmas none = {0};
    Word w = word("Ships");
    check_str(lemma_of(&test_arena, &none, S("Ships"), &w, 3), S("Ships"));    /* a model that knows nothing */
}

int main(void)
{
    TEST_BEGIN
    spellings();
    ends();
    long_words();
    sentences();
    cluster_maps();
    lists();
    lemmas();
    return test_end();
}
